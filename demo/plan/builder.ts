// Writes a plan the way a planner thinks it: summaries that hold tasks, links by the key of what comes before.
import type { Assignment, Calendar, Lag, Link, LinkType, Plan, Resource, Task } from '@yingzao/engines/schedule/plan'
import { defaultOptions } from '@yingzao/engines/schedule/plan'

export type Lang = 'zh' | 'en'
/** A text in both languages: the demo is loaded in the one the first visitor chose. */
export type Both = readonly [zh: string, en: string]

export interface TaskWords {
  /** Keys of predecessors, in the planner's shorthand: "wall-3", "slab-1 SS+5d", "pour-2 FS+7d". */
  after?: string | readonly string[]
  /** Resource key → units. */
  crew?: Readonly<Record<string, number>>
  milestone?: boolean
  /** Day of the deadline, counted in calendar days from the plan's start. */
  deadline?: number
  /** Not before this calendar day from the plan's start. */
  notBefore?: number
  calendar?: string
  notes?: Both
}

const shorthand = /^(\S+?)(?:\s+(FS|SS|FF|SF))?(?:\s*([+-]\d+(?:\.\d+)?)(d|ed|%))?$/

/** Builds a Plan; `start` is the naive minute of the first morning. Throws on an unknown key: the demo is wrong then. */
export function planOf(words: {
  name: Both
  lang: Lang
  start: number
  calendars: readonly Calendar[]
  resources: Readonly<Record<string, { name: Both; max: number; kind?: Resource['kind'] }>>
}) {
  const say = (both: Both) => both[words.lang === 'zh' ? 0 : 1]
  const tasks: Task[] = []
  const asked: { readonly text: string; readonly to: string }[] = []
  const assignments: Assignment[] = []
  const idOf = new Map<string, string>()
  const inside: string[] = []
  const first = words.calendars[0]
  if (!first) throw new Error('a plan needs a calendar')

  function add(key: string, label: Both, rest: Partial<Task>): string {
    if (idOf.has(key)) throw new Error(`task key ${key} is used twice`)
    const id = String(tasks.length + 1)
    idOf.set(key, id)
    const parent = inside.at(-1)
    tasks.push({
      id,
      uid: tasks.length + 1,
      row: tasks.length + 1,
      name: say(label),
      kind: 'task',
      duration: 0,
      constraint: { type: 'asap' },
      ...(parent === undefined ? {} : { parent }),
      ...rest,
    })
    return id
  }

  const known = (key: string) => {
    const id = idOf.get(key)
    if (id === undefined) throw new Error(`no task ${key}`)
    return id
  }

  /** Resolved at the end, so that a task may follow one that stands further down. */
  function linkOf({ text, to }: { readonly text: string; readonly to: string }, index: number): Link {
    const match = shorthand.exec(text)
    if (!match?.[1]) throw new Error(`cannot read link "${text}"`)
    return {
      id: String(index + 1),
      from: known(match[1]),
      to,
      type: linkType(match[2]),
      lag: lagOf(match[3], match[4]),
      lagUnit: 'd',
    }
  }

  return {
    /** A summary; what `fill` adds stands under it. */
    summary(key: string, label: Both, fill: () => void) {
      inside.push(add(key, label, { kind: 'summary' }))
      fill()
      inside.pop()
    },
    /** A task of `days` working days (0 with `milestone`). */
    task(key: string, label: Both, days: number, more: TaskWords = {}) {
      const id = add(key, label, {
        kind: more.milestone ? 'milestone' : 'task',
        duration: days * 480,
        durationUnit: 'd',
        ...(more.milestone ? { milestone: true } : {}),
        ...(more.deadline === undefined ? {} : { deadline: words.start + more.deadline * 1440 + 540 }),
        ...(more.notBefore === undefined
          ? {}
          : { constraint: { type: 'start_no_earlier_than' as const, at: words.start + more.notBefore * 1440 } }),
        ...(more.calendar === undefined ? {} : { calendar: more.calendar }),
        ...(more.notes === undefined ? {} : { notes: say(more.notes) }),
      })
      for (const text of typeof more.after === 'string' ? [more.after] : (more.after ?? []))
        asked.push({ text, to: id })
      for (const [resource, units] of Object.entries(more.crew ?? {})) {
        if (!(resource in words.resources)) throw new Error(`no resource ${resource}`)
        assignments.push({ id: String(assignments.length + 1), task: id, resource, units, work: days * 480 * units })
      }
    },
    done(): Plan {
      return {
        name: say(words.name),
        mode: 'ms',
        options: { ...defaultOptions, start: words.start, calendar: first.id },
        calendars: words.calendars,
        tasks,
        links: asked.map(linkOf),
        resources: Object.entries(words.resources).map(([id, resource], index) => ({
          id,
          uid: index + 1,
          name: say(resource.name),
          kind: resource.kind ?? 'work',
          maxUnits: resource.max,
          calendar: first.id,
        })),
        assignments,
      }
    },
  }
}

function linkType(text: string | undefined): LinkType {
  return text === 'SS' || text === 'FF' || text === 'SF' ? text : 'FS'
}

function lagOf(amount: string | undefined, unit: string | undefined): Lag {
  const value = Number(amount ?? 0)
  if (unit === 'ed') return { kind: 'elapsed', minutes: value * 1440 }
  if (unit === '%') return { kind: 'percent', percent: value }
  return { kind: 'working', minutes: value * 480 }
}
