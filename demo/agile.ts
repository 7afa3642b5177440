// The ERP project's backlog: six closed sprints and a running one, worked on in another tool until yesterday and taken over
// with their dates, as a company that moves house would do it.
import { type Calendar, calendarClock, dayOf, formatDay, type Minute, type Plan } from '@yingzao/engines/schedule'
import { streamName, uniformSource } from '@yingzao/engines/statistics'
import { asId, type Id } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import { chores, defects, epics, findings, goals } from './backlog.ts'
import type { Both } from './plan/builder.ts'

interface Options {
  readonly project: Id<'project'>
  readonly plan: string
  readonly today: number
  readonly manager: Client
  /** Who works on it: their ids, and how each signs in. */
  readonly team: readonly { readonly id: Id<'user'>; readonly client: () => Promise<Client> }[]
  readonly calendars: readonly Calendar[]
  readonly t: (both: Both) => string
}

interface Event {
  readonly at: Minute
  readonly stage?: string
  readonly points?: number
  readonly sprint?: string | null
}
interface Item {
  readonly key: string
  readonly title: string
  readonly kind: 'story' | 'defect' | 'task'
  readonly parent: string | null
  readonly points: number
  readonly events: Event[]
  assignee: string | null
}

const sprints = 7
const DAY = 1440
/** Its clocks show eight hours more than UTC. */
const offset = 8 * 60
const instant = (at: Minute) => new Date((at - offset) * 60_000).toISOString()
const sizes = [1, 2, 2, 3, 3, 3, 5, 5, 8] as const

export async function loadBacklog(options: Options): Promise<void> {
  const { project, manager, t } = options
  const { items, started, closed } = history(options)
  const taken = await manager.perform<{ items: Record<string, string>; sprints: Record<string, string> }>(
    'agile.take_over',
    {
      project,
      sprints: started.map((start, index) => ({
        ...{ key: `s${index + 1}`, name: t([`迭代 ${index + 1}`, `Sprint ${index + 1}`]) },
        ...{ goal: t(goals[index % goals.length] ?? ['', '']), capacity: '36' },
        start_on: formatDay(dayOf(start)),
        finish_on: formatDay(dayOf(start) + 11),
        started_at: instant(start),
        closed_at: closed[index] === undefined ? null : instant(closed[index]),
      })),
      items: [
        ...epics.map(epic => ({
          ...{ key: epic.key, title: t(epic.title), kind: 'epic' },
          history: [{ at: instant((started[0] ?? 0) - 14 * DAY), stage: 'backlog' }],
        })),
        ...items.map(({ events, points: _, ...item }) => ({
          ...item,
          ...(item.title.length % 17 === 3 && events.at(-1)?.stage === 'doing'
            ? { blocked_reason: t(['等待银行接口文档', 'Waiting for the bank’s interface document']) }
            : {}),
          history: events.map(({ at, points, ...event }) => ({
            at: instant(at),
            ...event,
            ...(points === undefined ? {} : { points: String(points) }),
          })),
        })),
      ],
    },
  )
  const board = (await manager.entity('agile_board').list({ filter: { project: { eq: project } } })).items[0]
  if (board)
    await manager.entity('agile_board').patch(board.id, board.version, {
      ready_limit: 10,
      doing_limit: 5,
      review_limit: 3,
      name: t(['ERP 团队', 'ERP team']),
    })
  await linkEpics(options, taken.items)
  await talk(options, taken.sprints)
}

/** Each epic stands for its task of the plan. */
async function linkEpics({ plan, manager, t }: Options, ids: Readonly<Record<string, string>>): Promise<void> {
  const opened = await manager.entity('plan').read<{ plan: Plan }>(plan, 'load')
  for (const epic of epics) {
    const task = opened.plan.tasks.find(each => each.name === t(epic.task))
    const id = ids[epic.key]
    if (!task || id === undefined) throw new Error(`the demo plan has no task for epic ${epic.key}`)
    const { version } = await manager.entity('work_item').get(id)
    await manager.entity('work_item').patch(id, version, { plan_task: asId('task', task.id) })
  }
}

/** The day before at the stand-up, and what the last retrospective found. */
async function talk(
  { today, manager, team, calendars, t }: Options,
  ids: Readonly<Record<string, string>>,
): Promise<void> {
  const clock = clockOf(calendars)
  const held_on = formatDay(dayOf(clock.prevWorkFinish(today * DAY)))
  const said: readonly (readonly [Both, Both, Both])[] = [
    [
      ['利润表取数完成', 'Income statement figures done'],
      ['资产负债表', 'Balance sheet'],
      ['', ''],
    ],
    [
      ['工单关闭差异联调', 'Order variances tested together'],
      ['返工工单', 'Rework orders'],
      ['', ''],
    ],
    [
      ['压测脚本', 'Load test script'],
      ['生产环境参数', 'Production settings'],
      ['等待银行接口文档', 'Waiting for the bank’s interface document'],
    ],
  ]
  for (const [index, [done, next, blocked]] of said.entries()) {
    const person = team[index]
    if (!person) continue
    await (await person.client()).entity<string>('stand_up').create({
      ...{ sprint: asId('sprint', ids[`s${sprints}`] ?? ''), user: person.id, held_on },
      ...{ done_text: t(done), next_text: t(next), blocked_text: t(blocked) },
    })
  }
  const last = asId('sprint', ids[`s${sprints - 1}`] ?? '')
  for (const { kind, text, action } of findings) {
    const made = await manager.entity('retro_item').create({ sprint: last, kind, text: t(text) })
    if (action)
      await manager.entity('retro_item').run(made.id, 'take_up', { title: t(action), assignee: team[0]?.id ?? null })
  }
  const { version } = await manager.entity('sprint').get(last)
  await manager.entity('sprint').patch(last, version, {
    review_notes: t([
      '向财务中心和三家公司的关键用户演示成本归集与动态成本。意见：分摊规则要能按月锁定；报表默认显示本年。',
      'Cost collection and dynamic cost were shown to Finance and the key users of three companies. They asked that allocation rules can be locked by month and that reports open on this year.',
    ]),
  })
}

function clockOf(calendars: readonly Calendar[]) {
  const clock = calendarClock(calendars, calendars[0]?.id ?? '')
  if (!clock.ok) throw new Error(clock.error.code)
  return clock.clock
}

/** Two weeks each, Monday to Friday of the week after; the last began in the week before this one or in this one. */
function history({ today, team, calendars, t }: Options) {
  const draw = uniformSource(streamName(20261122, 'backlog'))
  const clock = clockOf(calendars)
  const monday = Math.floor((today - 5 - 4) / 7) * 7 + 4
  const started = Array.from({ length: sprints }, (_, index) => (monday - 14 * (sprints - 1 - index)) * DAY + 570)
  const closed = started.slice(0, -1).map(start => start + 11 * DAY + 420)
  // Yesterday evening: what is told is past wherever the demo is loaded.
  const until = (today - 1) * DAY + 1020
  const items = waiting(draw, started[0] ?? 0, clock, t)
  const queue = items.filter(each => each.kind !== 'defect')
  const found = items.filter(each => each.kind === 'defect')
  let carried: Item[] = []
  for (const [index, start] of started.entries()) {
    const end = closed[index] ?? start + 11 * DAY + 420
    const sprint = `s${index + 1}`
    const work = [...carried]
    const room = 30 + Math.floor(draw() * 8)
    let points = work.reduce((sum, each) => sum + each.points, 0)
    while (points < room && queue.length > 0) {
      const item = queue.shift()
      if (!item) break
      points += item.points
      // What is pulled was entered before, and is estimated when it is planned at the latest.
      item.events.splice(0, 1, {
        ...{ at: Math.min(item.events[0]?.at ?? start, start - 2 * DAY), stage: 'backlog', points: item.points },
      })
      item.events.push({ at: start - 20 - Math.floor(draw() * 30), stage: 'ready', sprint })
      work.push(item)
    }
    // Two or three defects come in while the sprint runs; they are found in it.
    for (const defect of found.splice(0, 3 + Math.floor(draw() * 2))) {
      const at = clock.add(start, 480 * (1 + Math.floor(draw() * 6)) + 60)
      if (at + 45 >= until) continue
      defect.events.push({ at, stage: 'backlog', points: defect.points }, { at: at + 45, stage: 'ready', sprint })
      work.push(defect)
    }
    const next: Item[] = []
    for (const [place, item] of work.entries()) {
      item.assignee ??= team[Math.floor(draw() * team.length)]?.id ?? null
      const last = item.events.at(-1)
      const free = clock.add(start, Math.floor((480 * 8 * place) / work.length) + 30)
      const begin =
        last?.stage === 'doing' || last?.stage === 'review' ? start + 60 : Math.max(free, (last?.at ?? 0) + 120)
      const effort = 480 * (0.4 + 0.35 * item.points * (0.5 + draw()) + (draw() < 0.12 ? 3 : 0))
      const review = clock.add(begin, Math.round(effort))
      const done = clock.add(review, Math.round(480 * (0.2 + 1.6 * draw() * draw())))
      const steps: Event[] = [
        ...(last?.stage === 'doing' || last?.stage === 'review' ? [] : [{ at: begin, stage: 'doing' }]),
        // Now and then it proves larger than it looked.
        ...(draw() < 0.06 ? [{ at: begin + 200, points: item.points + 3 }] : []),
        ...(last?.stage === 'review' ? [] : [{ at: review, stage: 'review' }]),
        { at: done, stage: 'done' },
      ]
      for (const step of steps) if (step.at < Math.min(end, until)) item.events.push(step)
      if (item.events.at(-1)?.stage !== 'done' && !item.events.some(each => each.stage === 'done') && end < until) {
        item.events.push({ at: end, sprint: `s${index + 2}` })
        next.push(item)
      }
    }
    carried = next
  }
  return { items: items.filter(each => each.events.length > 0).map(inOrder), started, closed }
}

const inOrder = (item: Item): Item => ({ ...item, events: [...item.events].sort((a, b) => a.at - b.at) })

/** Everything that will be asked for, in the order in which the team means to do it. */
function waiting(draw: () => number, start: Minute, clock: ReturnType<typeof clockOf>, t: Options['t']): Item[] {
  const items: Item[] = []
  const most = Math.max(...epics.map(each => each.stories.length))
  const add = (kind: Item['kind'], title: string, parent: string | null, entered: Minute | null, estimated = true) => {
    const points = sizes[Math.floor(draw() * (kind === 'story' ? sizes.length : 5))] ?? 3
    const events: Event[] =
      entered === null ? [] : [{ at: entered, stage: 'backlog', ...(estimated ? { points } : {}) }]
    items.push({ key: `k${items.length}`, title, kind, parent, points, events, assignee: null })
  }
  for (let row = 0; row < most; row++) {
    for (const epic of epics) {
      const story = epic.stories[row]
      // The backlog is filled some weeks ahead; the last rows are not estimated yet.
      const entered = clock.nextWorkStart(start + (row - 3) * 7 * DAY) + Math.floor(draw() * 300)
      if (story) add('story', t(story), epic.key, entered, row < most - 2)
    }
    const chore = chores[row]
    if (chore) add('task', t(chore), null, clock.nextWorkStart(start + (row - 2) * 7 * DAY) + 100)
    for (const epic of epics.slice(row % 2, (row % 2) + 2)) {
      const [story, defect] = [epic.stories[Math.floor(row / 2)], defects[(row + items.length) % defects.length]]
      if (story && defect) add('defect', t(defect).replace('{f}', t(story)), epic.key, null)
    }
  }
  return items
}
