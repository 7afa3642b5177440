// Linear works through the door: chainages with broken chains, reports from the site that become proposals, who may do what.
import { asId } from '@yingzao/kernel/entity'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { progressReport } from '../progress/progress-report.entity.ts'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { alignment } from './alignment.entity.ts'
import type { LinearChart } from './shape.ts'
import { chainageReport, stretch } from './stretch.entity.ts'

let app: TestApp
let pmo: Person
let planner: Person
let foreman: Person
let site: Awaited<ReturnType<typeof tunnel>>

beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  site = await tunnel('区间隧道')
  planner = await app.as('planner', { at: { kind: 'project', id: site.project } })
  foreman = await app.as('foreman', { at: { kind: 'project', id: site.project } })
})
afterAll(() => app?.close())

/** A tunnel of 1,000 m whose count skips 20 m, with two drives in its plan. */
async function tunnel(name: string) {
  const owner = await pmo.entity(project).create({ name, type: 'rail', company: app.company })
  const made = await pmo.entity(plan).create({ name: `${name}计划`, project: owner.id, start_on: '2026-03-02' })
  const id = { left: crypto.randomUUID(), right: crypto.randomUUID() }
  const task = (key: keyof typeof id, title: string) => ({
    kind: 'task.add',
    task: { id: id[key], name: title, kind: 'task', duration: 20 * 480, constraint: { type: 'asap' } },
  })
  await pmo.entity(plan).run(made.id, 'edit', { base: 0, edits: [task('left', '左线掘进'), task('right', '右线掘进')] })
  await pmo.entity(plan).run(made.id, 'make_current', {})
  const along = await pmo.entity(alignment).create({
    ...{ project: owner.id, name: `${name}线路`, from_chainage: 'DK10+000', to_chainage: 'DK11+020' },
    breaks: 'DK10+500 = DK10+520\n',
  })
  const place = (who: Person, rest: object = {}) =>
    who.entity(stretch).create({
      ...{ task: asId('task', id.left), alignment: along.id, work: '掘进', side: 'left' },
      ...{ from_chainage: 'DK10+000', to_chainage: 'DK11+020', ...rest },
    })
  return { project: owner.id, plan: made.id, alignment: along, task: id, place }
}

const chart = (who: Person) => who.perform<LinearChart>('linear.chart', { plan: site.plan })

describe('chainage', () => {
  test('a stretch over a broken chain is as long as the ground, not as its numbers', async () => {
    expect(site.alignment.length_m).toBe('1000.000')
    const made = await site.place(planner)
    expect(made).toMatchObject({
      from_m: '0.000',
      to_m: '1000.000',
      length_m: '1000.000',
      project: site.project,
      plan: site.plan,
    })
  })

  test.each([
    ['DK10+510', '短链'],
    ['DK12+000', '线路之外'],
    ['十公里', '写法不对'],
  ])('%s is refused with the reason and how to write it', async (from_chainage, why) => {
    await expect(site.place(planner, { from_chainage })).rejects.toMatchObject({
      code: 'linear.chainage',
      message: expect.stringContaining(why),
    })
  })

  test('an alignment that makes no sense is refused in words', async () => {
    const wrong = (values: object) =>
      planner
        .entity(alignment)
        .create({ project: site.project, name: '错的', from_chainage: 'K1+000', to_chainage: 'K2+000', ...values })
    await expect(wrong({ to_chainage: 'K0+500' })).rejects.toMatchObject({ code: 'linear.alignment' })
    await expect(wrong({ breaks: 'K1+500 ≠ K1+520' })).rejects.toMatchObject({ code: 'linear.alignment' })
    await expect(wrong({ breaks: 'K1+600 = K1+620\nK1+500 = K1+520' })).rejects.toMatchObject({
      code: 'linear.alignment',
    })
  })

  test('a change of the count moves what lies along it; one that loses a name in use is refused', async () => {
    const other = await tunnel('改线')
    const made = await other.place(pmo, { from_chainage: 'DK10+600', to_chainage: 'DK10+700' })
    const { version } = await pmo.entity(alignment).get(other.alignment.id)
    const later = await pmo.entity(alignment).patch(other.alignment.id, version, { breaks: 'DK10+500 = DK10+550' })
    expect(await pmo.entity(stretch).get(made.id)).toMatchObject({ from_m: '550.000', to_m: '650.000' })
    await expect(
      pmo.entity(alignment).patch(other.alignment.id, later.version, { breaks: 'DK10+500 = DK10+650' }),
    ).rejects.toMatchObject({ code: 'linear.still_used' })
  })

  test('a task of another project does not lie on this line', async () => {
    const other = await tunnel('别处')
    await expect(site.place(pmo, { task: asId('task', other.task.left) })).rejects.toMatchObject({
      code: 'linear.other_project',
    })
  })
})

describe('reports from the site', () => {
  test('add up, each metre of each side once, and are proposed to the planner as progress of the task', async () => {
    const own = await site.place(planner, {
      task: asId('task', site.task.right),
      side: 'both',
      from_chainage: 'DK11+020',
      to_chainage: 'DK10+000',
    })
    const report = (from_chainage: string, to_chainage: string, side: 'both' | 'left' | 'right', reported_on: string) =>
      foreman.entity(chainageReport).create({
        ...{ stretch: own.id, from_chainage, to_chainage, side },
        reported_on: reported_on as `${number}-${number}-${number}`,
      })
    const first = await report('DK11+020', 'DK10+820', 'both', '2026-03-06')
    expect(await foreman.entity(progressReport).get(first.proposal ?? '')).toMatchObject({
      task: site.task.right,
      stage: 'reported',
      percent: '0.200000',
      done_qty: '400.000',
      total_qty: '2000.000',
      reporter: foreman.user,
    })
    // Told twice and only on one side: 100 m more of one of two.
    const second = await report('DK10+920', 'DK10+720', 'left', '2026-03-07')
    expect((await planner.entity(progressReport).get(second.proposal ?? '')).percent).toBe('0.250000')
    expect((await planner.entity(progressReport).get(first.proposal ?? '')).stage).toBe('superseded')
    expect((await planner.entity(stretch).get(own.id)).done_pct).toBe('0.250000')
    // The plan itself is as it was: the planner takes a proposal, or returns it.
    const shown = (await chart(planner)).stretches.find(each => each.id === own.id)
    expect(shown).toMatchObject({ from: 1000, to: 0, percent: 0 })
    expect(shown?.reports).toHaveLength(2)
    await planner.entity(chainageReport).remove(second.id, second.version)
    expect((await planner.entity(stretch).get(own.id)).done_pct).toBe('0.200000')
  })

  test('a day to come and a place beside the stretch are refused', async () => {
    const own = await site.place(planner, { from_chainage: 'DK10+000', to_chainage: 'DK10+100' })
    const said = { stretch: own.id, from_chainage: 'DK10+000', to_chainage: 'DK10+050' } as const
    await expect(foreman.entity(chainageReport).create({ ...said, reported_on: '2999-01-01' })).rejects.toMatchObject({
      status: 422,
    })
    await expect(
      foreman.entity(chainageReport).create({ ...said, from_chainage: 'DK10+200', to_chainage: 'DK10+300' }),
    ).rejects.toMatchObject({ code: 'linear.beside' })
  })
})

describe('rights', () => {
  test('a foreman reports and places nothing; a stranger sees nothing; an observer only looks', async () => {
    await expect(site.place(foreman)).rejects.toMatchObject({ status: 403 })
    const observer = await app.as('observer', { at: { kind: 'project', id: site.project } })
    const seen = await chart(observer)
    expect([seen.alignments.length, seen.mayPlace]).toEqual([1, false])
    const own = seen.stretches[0]
    await expect(
      observer
        .entity(chainageReport)
        .create({ stretch: asId('stretch', own?.id ?? ''), from_chainage: 'DK10+000', to_chainage: 'DK10+010' }),
    ).rejects.toMatchObject({ status: 403 })
    const elsewhere = await tunnel('不相干')
    const stranger = await app.as('planner', { at: { kind: 'project', id: elsewhere.project } })
    await expect(chart(stranger)).rejects.toMatchObject({ status: 404 })
    expect((await stranger.entity(stretch).list()).items).toEqual([])
  })

  test('stretches go to the bin with their task and come back with it', async () => {
    const other = await tunnel('删除')
    const made = await other.place(pmo)
    const { revision } = await pmo.entity(plan).get(other.plan)
    await pmo
      .entity(plan)
      .run(other.plan, 'edit', { base: revision, edits: [{ kind: 'task.remove', ids: [other.task.left] }] })
    await expect(pmo.entity(stretch).get(made.id)).rejects.toMatchObject({ status: 404 })
    await pmo.entity(plan).run(other.plan, 'undo', {})
    expect((await pmo.entity(stretch).get(made.id)).from_m).toBe('0.000')
  })
})
