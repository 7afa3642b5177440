// Loads the demo enterprise through the public API, as its own people would: organisation, people, roles, calendars,
// projects, members, plans imported from files. So it also proves that API.
import { exact, toDecimal } from '@yingzao/engines/money'
import {
  type Calendar,
  type DayPattern,
  dayOf as dayOfMinute,
  formatDay,
  type Plan,
  parseDay,
} from '@yingzao/engines/schedule'
import { writePlanFile } from '@yingzao/formats/plan-file'
import { asId, type Id, type PlainDate } from '@yingzao/kernel/entity'
import { publicHolidays } from '@yingzao/modules/calendar/public'
import { project } from '@yingzao/modules/project/project.entity'
import { type Client, newId } from '@yingzao/platform/client'
import type { Host } from '@yingzao/platform/http/host'
import type { MovedClock } from '@yingzao/platform/runtime/clock'
import { loadBacklog } from './agile.ts'
import { tryTwoShifts } from './branch.ts'
import { priced, spent } from './cost.ts'
import { sayHaste } from './crash.ts'
import { type Diary, dayOf, MONTHS, openDiary, workday } from './diary.ts'
import { passGate, waiting } from './gate.ts'
import { runJob } from './job.ts'
import { layAlong } from './linear.ts'
import { linkPlans } from './link-plans.ts'
import { loadBase } from './money/base.ts'
import { moneyStories } from './money/load.ts'
import { type Person, people, units } from './people.ts'
import type { Both, Lang } from './plan/builder.ts'
import { erpUpgrade } from './plan/erp-upgrade.ts'
import { factoryLine } from './plan/factory-line.ts'
import { metroStation } from './plan/metro-station.ts'
import { loadPrintTemplate } from './print.ts'
import { bringUp, progressed } from './progress.ts'
import { shareOut } from './responsible.ts'
import { assumeRisks } from './risk.ts'
import { morningStories, signIns } from './sign-in.ts'
import { asItStood, liveThrough, WEEKS } from './site-progress.ts'
import { loadTemplates } from './templates.ts'
import { sayWhose } from './whose.ts'

export interface DemoOptions {
  readonly lang: Lang
  /** The running application, whose clock is held; somebody who is administrator. */
  readonly host: Host
  readonly url: string
  readonly admin: string
  readonly clock: Pick<MovedClock, 'moveTo'>
  /** The moment at which it is loaded: two years end there. */
  readonly end: Date
  /** Gives the user a password; accounts are shown by whoever calls. */
  readonly setPassword: (user: string) => Promise<void>
  readonly say: (done: number, what: Both) => void
}

type DemoProject = {
  readonly key: 'metro' | 'erp' | 'line'
  readonly name: Both
  readonly short: Both
  readonly type: 'rail' | 'software' | 'industrial'
  readonly company: string
  readonly department: string
  readonly manager: string
  readonly client: Both
  readonly address: Both
  readonly amount: `${number}`
  readonly weeksAgo: number
  /** Days between the promise and the contract date, and how often finished work took longer. */
  readonly margin: number
  readonly slip: number
  readonly sixDays: boolean
  readonly plan: (lang: Lang, start: number, calendars: readonly Calendar[]) => Plan
}

const projects: readonly DemoProject[] = [
  {
    key: 'metro',
    name: ['地铁 6 号线云溪路站', 'Metro Line 6, Yunxi Road Station'],
    short: ['云溪路站', 'Yunxi Road'],
    type: 'rail',
    company: 'build',
    department: 'b-metro',
    manager: 'pm',
    client: ['云州轨道交通集团', 'Yunzhou Rail Transit'],
    address: ['云州市云溪路与长宁街交叉口', 'Yunxi Road at Changning Street, Yunzhou'],
    amount: '386500000.00',
    weeksAgo: 38,
    margin: 5,
    slip: 6,
    sixDays: true,
    plan: metroStation,
  },
  {
    key: 'erp',
    name: ['集团 ERP 升级', 'Group ERP upgrade'],
    short: ['ERP 升级', 'ERP'],
    type: 'software',
    company: 'group',
    department: 'g-it',
    manager: 'erp.pm',
    client: ['恒筑集团', 'Hengzhu Group'],
    address: ['云州市恒筑大厦', 'Hengzhu Tower, Yunzhou'],
    amount: '12800000.00',
    weeksAgo: 22,
    margin: 25,
    slip: 0,
    sixDays: false,
    plan: erpUpgrade,
  },
  {
    key: 'line',
    name: ['整体卫浴生产线', 'Bathroom-pod production line'],
    short: ['卫浴产线', 'Pod line'],
    type: 'industrial',
    company: 'make',
    department: 'm-proc',
    manager: 'line.pm',
    client: ['恒筑智造', 'Hengzhu Manufacturing'],
    address: ['云州高新区智造大道 8 号', '8 Zhizao Avenue, Yunzhou'],
    amount: '46200000.00',
    weeksAgo: 16,
    margin: 6,
    slip: 0,
    sixDays: true,
    plan: factoryLine,
  },
]

export interface DemoAccount {
  readonly login: string
  readonly name: string
  readonly post: string
}

/** Two years, in the order of time. Returns the accounts worth trying first. */
export async function loadDemo(options: DemoOptions): Promise<readonly DemoAccount[]> {
  const { lang, say, clock, end, host } = options
  const t = ([zh, en]: Both) => (lang === 'zh' ? zh : en)
  // What is told first are organisation, people and projects: about a third of the way.
  const time = openDiary(clock, end, (month, done) => say(0.3 + 0.65 * done, [month, month]))
  const door = signIns(options)
  const admin = await door.as(options.admin)

  const start = dayOf(time.lastDay, MONTHS, 4)
  await time.until(start, 9)
  say(0.02, ['组织架构', 'organisation'])
  const unitIds = await loadUnits(admin, t)
  await time.until(start, 10)
  say(0.05, ['人员与口令', 'people and passwords'])
  const userIds = await loadPeople(admin, unitIds, options, t)
  const as = (login: string) => door.as(known(userIds, login))
  const roleIds = new Map(
    (await collect(admin.entity('role').all())).map(role => [String(role.code), asId('role', role.id)]),
  )
  const roleOf = (code: string) => known(roleIds, code)

  await time.until(start, 14)
  say(0.2, ['任职', 'roles'])
  for (const person of people)
    for (const [role, at] of person.roles) {
      if (at.startsWith('project:')) continue
      const kind = units.find(unit => unit.key === at)?.type ?? 'company'
      await admin
        .entity('role_holding')
        .create({ user: known(userIds, person.login), role: roleOf(role), at_kind: kind, at_id: known(unitIds, at) })
    }

  await time.until(workday(start, 1), 9)
  say(0.25, ['日历与基础数据', 'calendars and base data'])
  const pmo = await as('pmo')
  await loadCalendars(pmo, t)
  await loadTemplates(pmo, lang, t)
  await loadPrintTemplate(pmo, lang, t)
  await loadBase({
    ...{ t, today: time.lastDay, time, unit: (key: string) => known(unitIds, key), admin },
    finance: await as('finance'),
  })

  await time.until(workday(start, 2), 10)
  const loading: Loading = { ...{ lang, time, pmo, unitIds, userIds, roleOf, t, as }, sign: door.as }
  const founded: Founded[] = []
  for (const each of projects) founded.push(await foundProject(each, loading))
  const idOf = (key: DemoProject['key']) => known(new Map(founded.map(({ each, project }) => [each.key, project])), key)
  const money = await moneyStories({
    ...{ time, t, as, unit: (key: string) => known(unitIds, key) },
    projects: { metro: idOf('metro'), erp: idOf('erp'), line: idOf('line') },
  })
  await time.together([
    ...money,
    ...founded.map(each => () => planProject(each, loading)),
    ...founded.map(each => () => askToGate(each, loading)),
    ...morningStories(host, time, login => known(userIds, login)),
    ...['counterparty.standing', 'measurement.retention_due', 'bid.bond_alert', 'guarantee.standing'].map(
      job => () => time.until(time.lastDay, 8).then(() => runJob(host, job)),
    ),
    // What they found when it happened.
    ...Array.from({ length: -MONTHS }, (_, back) => async () => {
      await time.until(dayOf(time.lastDay, -back - 1, 28), 18)
      await runJob(host, 'cost_center.watch')
    }),
    ...[15, 10, 5].map(days => async () => {
      await time.until(workday(time.lastDay, -days), 6.2)
      await runJob(host, 'warning.look_ahead')
    }),
    // What happened in two years was read, but for the last days.
    async () => {
      await time.until(workday(time.lastDay, -3), 17)
      for (const client of door.all()) await client.inbox.mark({ all: true })
    },
  ])
  await linkPlans(pmo, await as('erp.pm'), t)
  say(0.97, ['预警检查', 'warnings'])
  for (const job of ['warning.look_ahead', 'cost_center.watch']) await runJob(host, job)
  await door.close()
  say(1, ['完成', 'done'])
  return ['boss', 'pmo', 'planner', 'pm', 'cost', 'foreman', 'erp.pm', 'finance', 'cashier'].flatMap(login => {
    const person = people.find(each => each.login === login)
    return person ? [{ login, name: t(person.name), post: t(person.post) }] : []
  })
}

type Say = (both: Both) => string

async function loadUnits(admin: Client, t: Say): Promise<Map<string, Id<'org_unit'>>> {
  const ids = new Map<string, Id<'org_unit'>>()
  const root = (await admin.entity('org_unit').list({ limit: 1 })).items[0]
  for (const unit of units) {
    if (unit.parent === undefined && root) {
      ids.set(unit.key, asId('org_unit', root.id))
      continue
    }
    const made = await admin.entity('org_unit').create({
      name: t(unit.name),
      type: unit.type,
      ...(unit.code ? { code: unit.code } : {}),
      parent: unit.parent === undefined ? null : known(ids, unit.parent),
    })
    ids.set(unit.key, asId('org_unit', made.id))
  }
  return ids
}

async function loadPeople(
  admin: Client,
  unitIds: ReadonlyMap<string, Id<'org_unit'>>,
  options: DemoOptions,
  t: Say,
): Promise<Map<string, Id<'user'>>> {
  const ids = new Map<string, Id<'user'>>()
  for (const [index, person] of people.entries()) {
    const made = await admin.entity('user').create({
      login: person.login,
      name: t(person.name),
      post: t(person.post),
      employee_no: `HZ${String(1001 + index)}`,
      phone: `138${String(20_000_000 + index * 7919).slice(-8)}`,
      email: `${person.login}@hengzhu.example`,
      main_department: known(unitIds, person.unit),
      lang: options.lang,
    })
    ids.set(person.login, asId('user', made.id))
    await options.setPassword(made.id)
    if (index % 10 === 9)
      options.say(0.05 + (0.15 * (index + 1)) / people.length, ['人员与口令', 'people and passwords'])
  }
  return ids
}

async function loadCalendars(pmo: Client, t: Say): Promise<void> {
  const calendar = pmo.entity('calendar')
  await calendar.create({ name: t(['标准日历（双休）', 'Office, five days']), prc_holidays: true })
  await calendar.create({
    name: t(['施工日历（单休）', 'Site, six days']),
    prc_holidays: true,
    saturday: '08:00-12:00 13:00-17:00',
  })
  const all = '00:00-24:00'
  await calendar.create({
    name: t(['试运行 7×24', 'Round the clock']),
    prc_holidays: false,
    monday: all,
    tuesday: all,
    wednesday: all,
    thursday: all,
    friday: all,
    saturday: all,
    sunday: all,
  })
}

interface Loading {
  readonly lang: Lang
  readonly time: Diary
  readonly pmo: Client
  readonly unitIds: ReadonlyMap<string, Id<'org_unit'>>
  readonly userIds: ReadonlyMap<string, Id<'user'>>
  readonly roleOf: (code: string) => Id<'role'>
  readonly t: Say
  /** By login, and by the id of the user. */
  readonly as: (login: string) => Promise<Client>
  readonly sign: (user: string) => Promise<Client>
}
interface Founded {
  readonly each: DemoProject
  readonly project: Id<'project'>
  readonly manager: Client
  /** Its plan in the system, and as that will be on the evening of today. */
  readonly imported: string
  readonly final: Plan
  /** The day on which work begins. */
  readonly monday: number
}

/** Made with its team and its plan before its first contract, and approved. */
async function foundProject(
  each: DemoProject,
  { lang, time, pmo, unitIds, userIds, roleOf, t, as, sign }: Loading,
): Promise<Founded> {
  const today = parseDay(time.today) ?? 0
  // Monday of that week: 1970-01-05 was one.
  const monday = Math.floor((today - 7 * each.weeksAgo - 4) / 7) * 7 + 4
  const drawn = each.plan(lang, monday * 1440 + 480, planCalendars(each, t, lang))
  // The target cost leaves a margin to the contract sum.
  const budgeted = priced(drawn, toDecimal(exact(each.amount).times('0.88'), 0))
  const { plan, promised } = progressed(budgeted, today * 1440 + 1020, each.slip)
  const on = (day: number) => formatDay(day) as PlainDate
  const made = await pmo.entity(project).create({
    name: t(each.name),
    short_name: t(each.short),
    type: each.type,
    company: known(unitIds, each.company),
    department: known(unitIds, each.department),
    manager: known(userIds, each.manager),
    client: t(each.client),
    address: t(each.address),
    start_on: on(monday),
    started_on: on(monday),
    finish_on: on(dayOfMinute(promised) + each.margin),
    contract_amount: each.amount,
  })
  const planned_on = workday(dayOf(time.lastDay, MONTHS, 4), 5)
  for (const person of people)
    for (const role of rolesAt(person, each.key))
      await pmo.entity('project_member').create({
        project: made.id,
        user: known(userIds, person.login),
        role: roleOf(role),
        from_on: dayOf(time.lastDay, MONTHS, 4),
        duty: t(person.post),
      })
  const manager = await as(each.manager)
  await passGate(time, manager, sign, t, {
    ...{ project: made.id, gate: 'approve_start', planned_on },
    name: ['立项申请', 'Approval to start'],
    reason: [
      '前期合同已谈妥，项目部已组建，具备立项条件。',
      'The first contracts are agreed and the team is in place.',
    ],
  })
  await pmo.entity(project).run(made.id, 'start')
  // The plan is there before the first contract, whose lines name its parts.
  const final = spent(plan)
  const imported = await importPlan(manager, made.id, asItStood(final, monday * 1440))
  return { each, project: made.id, manager, imported, final, monday }
}

/** What is asked of the directors these days. */
async function askToGate({ each, project, manager }: Founded, { time, t, sign }: Loading): Promise<void> {
  await time.until(workday(time.lastDay, -1), 10)
  await passGate(time, manager, sign, t, {
    ...{ project, planned_on: formatDay((parseDay(time.today) ?? 0) + 14) as PlainDate, ...waiting[each.key] },
    // The chairman has one to sign, the PMO another.
    rounds: each.key === 'erp' ? 1 : 0,
  })
}

/** Its plan: progress is entered every four weeks, then every week. */
async function planProject(
  { each, project, manager, imported, final, monday }: Founded,
  { lang, time, userIds, t, as, sign }: Loading,
): Promise<void> {
  const today = parseDay(time.today) ?? 0
  const reporting = each.key === 'metro'
  const evening = today * 1440 + 1020
  // A site that reports lives through its last weeks below.
  const lived = today - WEEKS * 7
  const days = Array.from({ length: Math.floor((lived - monday) / 28) }, (_, n) => lived - 28 * n).reverse()
  if (!reporting) days.push(...Array.from({ length: WEEKS }, (_, n) => lived + 7 * (n + 1)))
  for (const day of days) {
    await time.until(formatDay(day) as PlainDate, day === today ? 16 : 17.2)
    await bringUp(manager, imported, asItStood(final, day * 1440 + 1020))
  }
  const works = ['engineer', 'foreman', 'technical_lead']
  const workers = people.filter(person => rolesAt(person, each.key).some(role => works.includes(role)))
  await shareOut(
    manager,
    imported,
    workers.map(person => known(userIds, person.login)),
  )
  await sayWhose(manager, each.key, imported, login => known(userIds, login))
  if (reporting) {
    await liveThrough({ ...{ plan: imported, final, today: evening, time, t, as: sign }, planner: await as('planner') })
    await assumeRisks(manager, imported, t)
    await tryTwoShifts(manager, imported, lang)
    await sayHaste(manager, imported, lang)
    await layAlong(manager, await as('foreman'), { project, plan: imported, t })
  }
  if (each.key === 'erp')
    await loadBacklog({
      ...{ project, plan: imported, today, manager, t },
      team: workers.map(({ login }) => ({ id: known(userIds, login), client: () => as(login) })),
      calendars: planCalendars(each, t, lang),
    })
}

const rolesAt = (person: Person, key: string) =>
  person.roles.filter(([, at]) => at === `project:${key}`).map(([role]) => role)

/** As a planner does it: the file is uploaded, then imported as the project's current plan. */
async function importPlan(manager: Client, projectId: string, plan: Plan): Promise<string> {
  const { bytes } = await writePlanFile(plan, 'mspdi')
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), `${plan.name}.xml`)
  const file = await manager.transport.call<{ id: string }>('POST', '/files', { raw: form })
  const made = await manager.perform<{ plan: string }>(
    'schedule.import',
    { file: [file], project: projectId, name: plan.name, make_current: true },
    { idempotencyKey: newId() },
  )
  return made.plan
}

function planCalendars(each: DemoProject, t: Say, lang: Lang): Calendar[] {
  const shifts: DayPattern = [
    { from: 480, to: 720 },
    { from: 780, to: 1020 },
  ]
  const round: DayPattern = [{ from: 0, to: 1440 }]
  const days = (pattern: DayPattern, saturday: DayPattern, sunday: DayPattern) => [
    sunday,
    pattern,
    pattern,
    pattern,
    pattern,
    pattern,
    saturday,
  ]
  const site = {
    id: 'std',
    uid: 1,
    name: t(each.sixDays ? ['施工日历（单休）', 'Site, six days'] : ['标准日历（双休）', 'Office, five days']),
    week: days(shifts, each.sixDays ? shifts : [], []),
    workWeeks: [],
    exceptions: publicHolidays(lang),
  }
  return [
    site,
    {
      id: 'round',
      uid: 2,
      name: t(['试运行 7×24', 'Round the clock']),
      week: days(round, round, round),
      workWeeks: [],
      exceptions: [],
    },
  ]
}

function known<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`the demo does not know ${key}`)
  return value
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const row of rows) found.push(row)
  return found
}
