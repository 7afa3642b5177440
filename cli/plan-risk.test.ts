// `plan simulate`, `plan quality`, `plan paths` and `plan evm`: one JSON document each, the same for the same seed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { main } from './main.ts'

let folder = ''
let file = ''

const element = (name: string, value: string | number) => `<${name}>${value}</${name}>`
/** Three days in a chain; 100 a day planned, the first done for 120, the second half done for 70. Amounts are hundredths. */
const tasks = [1, 2, 3].map(i => {
  const day = `2024-03-0${3 + i}`
  const progress =
    i === 1
      ? `${element('ActualStart', '2024-03-04T08:00:00')}${element('ActualFinish', '2024-03-04T17:00:00')}${element('PercentComplete', 100)}${element('ActualCost', 12000)}`
      : i === 2
        ? `${element('ActualStart', '2024-03-05T13:00:00')}${element('ActualDuration', 'PT4H0M0S')}${element('RemainingDuration', 'PT4H0M0S')}${element('PercentComplete', 50)}${element('ActualCost', 7000)}`
        : ''
  const link =
    i > 1 ? `<PredecessorLink>${element('PredecessorUID', 99 + i)}${element('Type', 1)}</PredecessorLink>` : ''
  const baseline = `<Baseline>${element('Number', 0)}${element('Start', `${day}T08:00:00`)}${element('Finish', `${day}T17:00:00`)}${element('Cost', 10000)}</Baseline>`
  return `<Task>${element('UID', 100 + i)}${element('ID', i)}${element('Name', `工序 ${i}`)}${element('Duration', 'PT8H0M0S')}${element('DurationFormat', 7)}${element('Cost', 10000)}${progress}${link}${baseline}</Task>`
})
const project = `<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Name>chain</Name><StartDate>2024-03-04T08:00:00</StartDate><StatusDate>2024-03-05T17:00:00</StatusDate><Tasks>${tasks.join('')}</Tasks></Project>`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plan-risk-'))
  file = join(folder, 'chain.xml')
  await writeFile(file, project)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function yingzao(...args: string[]): Promise<{ out: string; exit: number }> {
  let out = ''
  const spies = [process.stdout, process.stderr].map(stream =>
    vi.spyOn(stream, 'write').mockImplementation(text => {
      if (stream === process.stdout) out += String(text)
      return true
    }),
  )
  try {
    const exit = await main(args)
    return { exit, out }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

const run = async (...args: string[]) => {
  const { exit, out } = await yingzao(...args, '--json')
  expect(exit).toBe(0)
  return JSON.parse(out)
}

describe('plan simulate', () => {
  test('gives percentiles of date and cost, indices of every open task, and the same again', async () => {
    const args = ['plan', 'simulate', file, '--iterations', '2000', '--seed', '7', '--correlation', '0.3']
    const found = await run(...args)
    expect(found).toMatchObject({
      iterations: 2000,
      seed: 7,
      correlation: 0.3,
      planned: '2024-03-07T12:00',
      range: [0.9, 1, 1.25],
    })
    expect(found.finish.p10.at <= found.finish.p50.at && found.finish.p50.at <= found.finish.p80.at).toBe(true)
    expect(found.finish.p80.at > found.planned).toBe(true)
    expect(found.tasks.map((task: { id: number }) => task.id)).toEqual([2, 3])
    expect(found.tasks[1]).toMatchObject({ uid: 103, criticality: 1 })
    expect(found.cost.p50.amount).toBe('300.00')
    expect(await run(...args)).toEqual(found)
    expect((await run(...args.slice(0, -1), '0')).sdDays).toBeLessThan(found.sdDays)
  })

  test('a range of ones is the plan itself', async () => {
    const found = await run('plan', 'simulate', file, '--iterations', '100', '--range', '1,1,1')
    expect([found.sdDays, found.plannedConfidence, found.finish.p90.at]).toEqual([0, 1, '2024-03-07T12:00'])
  })

  test('numbers out of bounds are a wrong call that says the bounds', async () => {
    for (const wrong of [
      ['--iterations', '0'],
      ['--correlation', '1'],
      ['--range', '1,2'],
      ['--range', '2,1,3'],
      ['--seed', 'x'],
    ]) {
      const { exit } = await yingzao('plan', 'simulate', file, ...wrong)
      expect(exit, wrong.join(' ')).toBe(2)
    }
  })
})

test('plan quality names each failed check, its tasks and their repair', async () => {
  const found = await run('plan', 'quality', file)
  expect(found.checks).toHaveLength(14)
  expect(found.score).toBeGreaterThan(80)
  const missed = found.checks.find((check: { id: string }) => check.id === 'missed_tasks')
  expect(missed).toMatchObject({ passed: false, count: 1, of: 2, limit: 0.05 })
  expect(missed.findings[0]).toMatchObject({ id: 2, code: 'missed_baseline', repair: 'recover_or_rebaseline' })
})

describe('plan paths', () => {
  test('the chain that leads to a task, without what is finished', async () => {
    const found = await run('plan', 'paths', file, '--to', '3')
    expect(found.target).toEqual({ id: 3, uid: 103, name: '工序 3' })
    expect(found.paths).toMatchObject([{ number: 1, floatMinutes: 0, tasks: [{ id: 2 }, { id: 3 }] }])
  })
  test('a task that is not there is named; a number out of bounds is a wrong call', async () => {
    expect((await yingzao('plan', 'paths', file, '--to', '9')).exit).toBe(1)
    expect((await yingzao('plan', 'paths', file, '--to')).exit).toBe(2)
    expect((await yingzao('plan', 'paths', file, '--most', '0')).exit).toBe(2)
  })
})

describe('plan evm', () => {
  test('reads budgets from the baseline, cost and progress from the tasks', async () => {
    const found = await run('plan', 'evm', file)
    expect(found).toMatchObject({
      ...{ unit: 'cost', basis: 'baseline', bac: '300.00', pv: '200.00', ev: '150.00', ac: '190.00' },
      ...{ cv: '-40.00', sv: '-50.00', cpi: '0.7895', spi: '0.7500', tcpi: '1.3636' },
      plannedFinish: '2024-03-06T17:00',
    })
    expect(found.eac).toMatchObject({ cpi: '380.00', budget: '340.00' })
    expect(found.schedule.spit).toBeLessThan(1)
    expect(found.forecast.expected > found.plannedFinish).toBe(true)
    expect(found.weeks.at(-1)).toMatchObject({ planned: '300.00', early: '300.00', late: '300.00' })
    expect(found.tasks[1]).toEqual({
      id: 2,
      uid: 102,
      name: '工序 2',
      budget: '100.00',
      pv: '100.00',
      ev: '50.00',
      ac: '70.00',
    })
  })

  test('at another date, and a date that is none', async () => {
    expect((await run('plan', 'evm', file, '--at', '2024-03-06')).pv).toBe('300.00')
    expect((await yingzao('plan', 'evm', file, '--at', 'soon')).exit).toBe(2)
  })

  test('without cost it counts working days and leaves money empty', async () => {
    const bare = join(folder, 'bare.xml')
    await writeFile(bare, project.replaceAll(/<(Actual)?Cost>\d+<\/(Actual)?Cost>/g, ''))
    const found = await run('plan', 'evm', bare)
    expect(found).toMatchObject({ unit: 'days', bac: '3.00', pv: '2.00', ev: '1.50', ac: null, cpi: null, eac: null })
  })
})
