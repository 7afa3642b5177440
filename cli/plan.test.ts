// `yingzao plan …` is a contract for scripts: one JSON document on stdout, errors on stderr, exit code ≠ 0.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chainFile } from '@yingzao/formats/mpp/testing/file'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function yingzao(...args: string[]): Promise<{ out: string; err: string; exit: number | null }> {
  const run = `import { main } from './cli/main.ts'; process.exitCode = await main(${JSON.stringify(args)})`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', run], { cwd: root })
  let out = ''
  let err = ''
  child.stdout.on('data', piece => {
    out += String(piece)
  })
  child.stderr.on('data', piece => {
    err += String(piece)
  })
  return new Promise(resolve => child.on('close', exit => resolve({ out, err, exit })))
}

const chain = (tasks: number): string => {
  const list = Array.from(
    { length: tasks },
    (_, i) =>
      `<Task><UID>${i + 101}</UID><ID>${i + 1}</ID><Name>工序 ${i + 1}</Name><Duration>PT8H0M0S</Duration><DurationFormat>7</DurationFormat><EarlyStart>2020-01-01T08:00:00</EarlyStart>${
        i > 0 ? `<PredecessorLink><PredecessorUID>${i + 100}</PredecessorUID><Type>1</Type></PredecessorLink>` : ''
      }</Task>`,
  )
  return `<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Name>chain</Name><StartDate>2024-03-01T08:00:00</StartDate><StatusDate>2024-03-01T17:00:00</StatusDate><Tasks>${list.join('')}</Tasks></Project>`
}

const saved = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe('a Microsoft Project file', () => {
  test('is computed, checked and converted like any other', async () => {
    const input = await saved('链.mpp', chainFile(3))
    const computed = JSON.parse((await yingzao('plan', 'compute', input, '--json')).out)
    expect([computed.project, computed.finish]).toEqual(['某工程', '2024-03-05T17:00'])
    const checked = await yingzao('plan', 'check', input, '--json')
    expect(JSON.parse(checked.out)).toBeTruthy()
    const to = join(folder, 'from-mpp.xml')
    const converted = await yingzao('plan', 'convert', input, to, '--json')
    expect([converted.exit, JSON.parse(converted.out).tasks, JSON.parse(converted.out).links]).toEqual([0, 3, 2])
    expect(await readFile(to, 'utf8')).toContain('<Name>工序 3</Name>')
  })
})

describe('plan compute', () => {
  test('computes from the inputs alone and says why', async () => {
    const { out, exit } = await yingzao('plan', 'compute', await saved('chain.xml', chain(3)), '--json')
    expect(exit).toBe(0)
    const document = JSON.parse(out)
    expect(document).toMatchObject({ mode: 'ms', statusDate: '2024-03-01T17:00', finish: '2024-03-05T17:00' })
    // Friday, Monday, Tuesday.
    expect(
      document.tasks.map((t: { id: number; uid: number; earlyStart: string; earlyFinish: string }) => [
        t.id,
        t.uid,
        t.earlyStart,
        t.earlyFinish,
      ]),
    ).toEqual([
      [1, 101, '2024-03-01T08:00', '2024-03-01T17:00'],
      [2, 102, '2024-03-04T08:00', '2024-03-04T17:00'],
      [3, 103, '2024-03-05T08:00', '2024-03-05T17:00'],
    ])
    expect(document.tasks[2]).toMatchObject({
      ...{ name: '工序 3', lateStart: '2024-03-05T08:00', lateFinish: '2024-03-05T17:00', start: '2024-03-05T08:00' },
      ...{ finish: '2024-03-05T17:00', totalFloatMinutes: 0, freeFloatMinutes: 0, critical: true },
    })
    expect(JSON.stringify(document.tasks[2].why)).toContain('工序 2')
  })

  test('a document of several megabytes arrives whole through a pipe', async () => {
    const { out, exit } = await yingzao('plan', 'compute', await saved('long.xml', chain(6000)), '--json')
    expect(exit).toBe(0)
    expect(out.length).toBeGreaterThan(2_000_000)
    expect(JSON.parse(out).tasks).toHaveLength(6000)
  })

  test('without --json a table for people', async () => {
    const { out } = await yingzao('plan', 'compute', await saved('chain.xml', chain(2)))
    expect(out).toMatch(/工序 2/)
    expect(out.split('\n').length).toBeGreaterThan(3)
  })

  test.each([
    ['a missing file', ['plan', 'compute', 'no-such-file.xml', '--json'], 'plan_file.missing', 1],
    ['no file', ['plan', 'compute', '--json'], 'plan compute FILE', 2],
    ['a wrong mode', ['plan', 'compute', 'a.xml', '--mode', 'x', '--json'], 'ms', 2],
  ])('%s is an error on stderr', async (_, args, word, code) => {
    const { out, err, exit } = await yingzao(...args)
    expect([out, exit]).toEqual(['', code])
    expect(err).toContain(word)
  })

  test('a circle names its tasks', async () => {
    const circle = chain(2).replace(
      '<Name>工序 1</Name>',
      '<Name>工序 1</Name><PredecessorLink><PredecessorUID>102</PredecessorUID></PredecessorLink>',
    )
    const { out, err, exit } = await yingzao('plan', 'compute', await saved('circle.xml', circle), '--json')
    expect([out, exit]).toEqual(['', 1])
    expect(err).toContain('schedule.cycle')
    expect(err).toContain('工序 2')
  })
})

test('plan check lists each difference with both values', async () => {
  const { out, exit } = await yingzao('plan', 'check', await saved('chain.xml', chain(2)), '--json')
  const document = JSON.parse(out)
  expect([exit, document.tasks, document.agreeing]).toEqual([0, 2, 0])
  expect(document.differences[0]).toMatchObject({
    ...{ id: 1, uid: 101, field: 'earlyStart', stored: '2020-01-01T08:00', computed: '2024-03-01T08:00' },
  })
})

test('plan convert writes the other format and reports what was lost', async () => {
  const input = await saved(
    'chain.xml',
    chain(3).replace('<Duration>', '<Deadline>2024-05-01T17:00:00</Deadline><Duration>'),
  )
  const to = join(folder, 'chain.xer')
  const { out, exit } = await yingzao('plan', 'convert', input, to, '--json')
  const document = JSON.parse(out)
  expect([exit, document.format, document.tasks, document.links]).toEqual([0, 'xer', 3, 2])
  expect(document.loss.writing.map((l: { path: string }) => l.path)).toContain('task/deadline')
  expect((await readFile(to, 'utf8')).startsWith('ERMHDR\t')).toBe(true)
  const back = await yingzao('plan', 'compute', to, '--json')
  expect(JSON.parse(back.out).tasks.filter((t: { name: string }) => t.name.startsWith('工序'))).toHaveLength(3)
  const refused = await yingzao('plan', 'convert', input, join(folder, 'x.mpp'), '--json')
  expect([refused.out, refused.exit]).toEqual(['', 1])
  expect(refused.err).toContain('plan_file.target')
})

describe('files of Primavera XML and MPX', () => {
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
    .map(
      day =>
        `<StandardWorkHours><DayOfWeek>${day}</DayOfWeek><WorkTime><Start>08:00:00</Start><Finish>15:59:00</Finish></WorkTime></StandardWorkHours>`,
    )
    .join('')
  const activity = (id: number, finish: string): string =>
    `<Activity><ObjectId>${id}</ObjectId><Id>A${id}</Id><Name>工序 ${id}</Name><Type>Task Dependent</Type><PlannedDuration>16</PlannedDuration><RemainingDuration>16</RemainingDuration><RemainingEarlyFinishDate>${finish}</RemainingEarlyFinishDate></Activity>`
  const primavera = `<APIBusinessObjects xmlns="http://xmlns.oracle.com/Primavera/P6/V18.1/API/BusinessObjects"><Calendar><ObjectId>1</ObjectId><Name>C</Name><StandardWorkWeek>${days}</StandardWorkWeek></Calendar>${[
    'ONE',
    'TWO',
  ]
    .map(
      (name, i) =>
        `<Project><ActivityDefaultCalendarObjectId>1</ActivityDefaultCalendarObjectId><DataDate>2024-03-01T08:00:00</DataDate><Id>${name}</Id><Name>${name}</Name><ObjectId>${i + 1}</ObjectId><PlannedStartDate>2024-03-01T08:00:00</PlannedStartDate>${activity(10 * i + 1, '2024-03-04T16:00:00')}${activity(10 * i + 2, '2024-03-05T16:00:00')}</Project>`,
    )
    .join('')}</APIBusinessObjects>`

  test('one of several projects of a P6 XML is chosen, checked and converted', async () => {
    const input = await saved('p6.xml', primavera)
    const check = JSON.parse((await yingzao('plan', 'check', input, '--project', 'TWO', '--json')).out)
    expect([check.tasks, check.agreeing]).toEqual([2, 1])
    expect(check.differences[0]).toMatchObject({ field: 'earlyFinish', computed: '2024-03-04T16:00' })
    const to = join(folder, 'p6.xer')
    const { out, exit } = await yingzao('plan', 'convert', input, to, '--project', 'TWO', '--json')
    expect([exit, JSON.parse(out).format]).toEqual([0, 'xer'])
    const back = JSON.parse((await yingzao('plan', 'compute', to, '--json')).out)
    expect([back.project, back.mode, back.finish]).toEqual(['TWO', 'p6', '2024-03-04T16:00'])
  })

  test('an MPX is computed and becomes Microsoft Project XML', async () => {
    const input = await saved(
      'old.mpx',
      [
        'MPX;Microsoft Project for Windows;4,0;ANSI',
        '12;1;1;480;.;:;;;9;1',
        '20;Standard;0;1;1;1;1;1;0',
        '30;Alt;;;Standard;01.03.24 08:00',
        '61;90;98;1;40;70',
        '70;1;1;Aushub;2t;',
        '70;2;2;Beton;1t;1EA+1t',
      ].join('\r\n'),
    )
    const to = join(folder, 'old.xml')
    const { out, exit } = await yingzao('plan', 'convert', input, to, '--mode', 'ms', '--json')
    expect([exit, JSON.parse(out).links]).toEqual([0, 1])
    const back = JSON.parse((await yingzao('plan', 'compute', to, '--json')).out)
    expect(back.tasks[1]).toMatchObject({ name: 'Beton', start: '2024-03-06T08:00' })
  })
})
