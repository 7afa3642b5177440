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
