// `yingzao plan level`: one JSON document with a start for every job of the file, or a clear refusal.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { main } from './main.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-level-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const saved = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

async function yingzao(...args: string[]): Promise<{ out: string; err: string; exit: number }> {
  const written = { out: '', err: '' }
  const catcher = (to: 'out' | 'err') => (piece: unknown) => {
    written[to] += String(piece)
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(catcher('out'))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(catcher('err'))
  try {
    return { exit: await main(args), ...written }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

/** Three jobs that need the one crane, and one that does not: source 1, sink 6. */
const cranes = '6 1\n1\n0 0 4 2 3 4 5\n3 1 1 6\n2 1 1 6\n4 1 1 6\n5 0 1 6\n0 0 0\n'

test('one start per job in file order, the bound and whether it is proved', async () => {
  const { out, exit } = await yingzao('plan', 'level', await saved('cranes.rcp', cranes), '--schedules', '50', '--json')
  const document = JSON.parse(out)
  expect(exit).toBe(0)
  expect(document).toMatchObject({ makespan: 9, criticalPathLength: 5, lowerBound: 9, proved: true, bottleneck: 1 })
  expect(document.schedules).toBeGreaterThan(0)
  expect(document.schedules).toBeLessThanOrEqual(50)
  expect(document.start).toHaveLength(6)
  expect(document.start[5]).toBe(9)
  // The crane serves one after the other.
  const turns = [1, 2, 3]
    .map(i => [document.start[i], document.start[i] + [0, 3, 2, 4][i]!])
    .sort((a, b) => a[0] - b[0])
  expect(turns[1]![0]).toBeGreaterThanOrEqual(turns[0]![1])
  expect(turns[2]![0]).toBeGreaterThanOrEqual(turns[1]![1])
})

test('for people: the state in both languages and a table', async () => {
  const { out } = await yingzao('plan', 'level', await saved('people.rcp', cranes), '--seconds', '1', '--seed', '7')
  expect(out).toContain('已证明最优 | proved optimal')
  expect(out).toContain('R1')
  expect(out.trim().split('\n').length).toBe(9)
})

test.each([
  ['no file', ['plan', 'level', '--json'], 'plan level FILE', 2],
  ['a missing file', ['plan', 'level', 'no-such.sm', '--json'], 'plan_file.missing', 1],
  ['two budgets', ['plan', 'level', 'a.sm', '--seconds', '1', '--schedules', '5'], '--schedules', 2],
  ['a budget that is no number', ['plan', 'level', 'a.sm', '--schedules', 'many'], '--schedules', 2],
  ['an unknown option', ['plan', 'level', 'a.sm', '--fast'], '--fast', 2],
])('%s is an error on stderr', async (_, args, word, code) => {
  const { out, err, exit } = await yingzao(...args)
  expect([out, exit]).toEqual(['', code])
  expect(err).toContain(word)
})

test('a file that is no instance is refused with the way out', async () => {
  const { err, exit } = await yingzao('plan', 'level', await saved('x.sm', 'hello'), '--json')
  expect(exit).toBe(1)
  expect(err).toContain('instance.unknown_format')
  expect(err).toContain('.rcp')
})

/** Two tasks of two and three days that need the one crane, in Microsoft Project's XML. */
const mspdi = `<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Name>cranes</Name><StartDate>2024-03-04T08:00:00</StartDate><Tasks>${[
  ['1', '基础', 'PT16H0M0S'],
  ['2', '主体', 'PT24H0M0S'],
  ['3', '装修', 'PT48H0M0S'],
]
  .map(
    ([uid, name, duration]) =>
      `<Task><UID>${uid}</UID><ID>${uid}</ID><Name>${name}</Name><Type>1</Type><Duration>${duration}</Duration><DurationFormat>7</DurationFormat></Task>`,
  )
  .join(
    '',
  )}</Tasks><Resources><Resource><UID>9</UID><ID>1</ID><Name>塔吊 1</Name><Type>1</Type><MaxUnits>1</MaxUnits></Resource></Resources><Assignments>${[
  '1',
  '2',
]
  .map(
    uid =>
      `<Assignment><UID>1${uid}</UID><TaskUID>${uid}</TaskUID><ResourceUID>9</ResourceUID><Units>1</Units></Assignment>`,
  )
  .join('')}</Assignments></Project>`

test('a plan file: dates per task, and who waits for which resource behind whom', async () => {
  const file = await saved('cranes.xml', mspdi)
  const { out, exit } = await yingzao('plan', 'level', file, '--schedules', '20', '--within-slack', '--json')
  expect(exit).toBe(0)
  const document = JSON.parse(out)
  expect(document).toMatchObject({
    ...{ project: 'cranes', makespan: 2880, criticalPathLength: 2880, lowerBound: 2880, unresolved: [] },
    ...{ finishBefore: '2024-03-11T17:00', finish: '2024-03-11T17:00' },
  })
  expect(document.start).toHaveLength(3)
  expect([...document.start].sort()[2]).toMatch(/^2024-03-0[67]T08:00$/)
  expect(document.differences).toHaveLength(1)
  expect(document.differences[0]).toMatchObject({
    reason: { code: 'levelling.waits_for_resource', resource: '塔吊 1' },
  })
  const text = await yingzao('plan', 'level', file, '--schedules', '5')
  expect(text.out).toContain('等待 | waits for 塔吊 1')
})

test('within slack: the finish of the critical path stays and what overload is left is listed', async () => {
  const file = await saved('slack.rcp', cranes)
  const { out } = await yingzao('plan', 'level', file, '--schedules', '50', '--within-slack', '--json')
  const document = JSON.parse(out)
  // Nine periods of crane work in a plan of five: some overload must be left, four periods of one at least.
  expect(document).toMatchObject({ makespan: 5, criticalPathLength: 5 })
  expect(document.overload).toBeGreaterThanOrEqual(4)
  expect(document.unresolved[0]).toMatchObject({ resource: 1, capacity: 1 })
  expect(document.start).toHaveLength(6)
})
