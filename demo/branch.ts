// What if the station were dug in two shifts? A branch of the metro plan that says so, and two baselines to compare.
import type { Plan, PlanEdit, Task } from '@yingzao/engines/schedule'
import { type Client, newId } from '@yingzao/platform/client'
import type { Lang } from './plan/builder.ts'

/** Share of the time that two shifts take; a shift is handed over, so it is more than a half. */
const TWO_SHIFTS = 0.6

interface Loaded {
  readonly plan: Plan
  readonly revision: number
}

const names = {
  zh: {
    branch: '两班开挖',
    published: '第 1 版',
    note: '业主与监理已会签',
    meeting: '周例会：压缩两项工作',
    kept: '两班开挖论证前',
  },
  en: {
    branch: 'Excavation in two shifts',
    published: 'Version 1',
    note: 'Countersigned by client and engineer',
    meeting: 'Weekly meeting: two works shortened',
    kept: 'Before the two-shift study',
  },
} as const

/** Publishes the plan, shortens two works as the weekly meeting agreed, keeps a baseline, and tries two shifts on a branch. */
export async function tryTwoShifts(manager: Client, id: string, lang: Lang): Promise<void> {
  const door = manager.entity('plan')
  const say = names[lang]
  const load = (of: string) => door.read<Loaded>(of, 'load')
  await door.run(id, 'publish', { name: say.published, note: say.note })
  const { plan, revision } = await load(id)
  const long = ahead(plan).filter(task => task.duration >= 4800)
  const edits = long.slice(0, 2).map(task => shorter(task, 0.9))
  await door.run(id, 'edit', { base: revision, edits, summary: say.meeting })
  await door.run(id, 'keep_baseline', { name: say.kept })
  await door.run(id, 'branch', { name: say.branch })
  const branch = (await door.list({ filter: { branch_of: { eq: id } }, limit: 1 })).items[0]
  if (!branch) throw new Error('the branch was not made')
  const { plan: tried } = await load(branch.id)
  await door.run(branch.id, 'edit', { base: 0, edits: twoShifts(tried), summary: say.branch })
}

/** Work that has not begun. */
const ahead = ({ tasks }: Plan) => tasks.filter(task => task.kind === 'task' && (task.percentComplete ?? 0) === 0)

const shorter = (task: Task, share: number): PlanEdit => ({
  ...{ kind: 'task.set', id: task.id },
  patch: { duration: Math.max(480, Math.round((task.duration * share) / 480) * 480) },
})

/** Digging takes less, and one work is done together with the digging before it: whatever waited for it waits for that. */
function twoShifts(plan: Plan): PlanEdit[] {
  const open = new Map(ahead(plan).map(task => [task.id, task]))
  const digging = [...open.values()].filter(({ name }) => /开挖|土方|[Ee]xcavat/.test(name))
  const dug = new Set(digging.map(({ id }) => id))
  const pair = plan.links.find(({ from, to, type }) => type === 'FS' && dug.has(from) && open.has(to) && !dug.has(to))
  const waiting = plan.links.filter(({ from, to }) => from === pair?.to && to !== pair.from)
  const drawn = new Set(plan.links.flatMap(({ from, to }) => (from === pair?.from ? [to] : [])))
  return [
    ...digging.map(task => shorter(task, TWO_SHIFTS)),
    ...(pair ? [{ kind: 'task.remove', ids: [pair.to] } as const] : []),
    ...waiting
      .filter(({ to }) => !drawn.has(to))
      .map((link): PlanEdit => ({ kind: 'link.add', link: { ...link, id: newId(), from: pair?.from ?? link.from } })),
  ]
}
