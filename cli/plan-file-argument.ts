// What the plan commands share: reading the file named on the command line, and naming its tasks as their author does.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  compute,
  formatMinute,
  type Mode,
  type Plan,
  type Schedule,
  type ScheduleError,
  type Task,
} from '@yingzao/engines/schedule'
import { type PlanReading, readPlanFile, refusalMessage } from '@yingzao/formats/plan-file'
import { type Text, usageError } from './command.ts'

/** Ends the command: the text in both languages on stderr, the code before it. */
export const planError = (code: string, text: Text): Error =>
  Object.assign(new Error(`${code}: ${text.zh}\n${text.en}`), { code })

export interface PlanArguments {
  files: string[]
  mode?: Mode
  project?: string
}

/** Splits words into files and the options `--mode ms|p6` and `--project NAME`. */
export function planArguments(args: readonly string[]): PlanArguments {
  const parsed: PlanArguments = { files: [] }
  for (let i = 0; i < args.length; i++) {
    const [word = '', inline] = (args[i] ?? '').split(/=(.*)/s)
    if (!word.startsWith('--')) {
      parsed.files.push(args[i] ?? '')
      continue
    }
    const value = inline ?? args[++i]
    if (word === '--mode') {
      if (value !== 'ms' && value !== 'p6')
        throw usageError({ zh: '--mode 只能是 ms 或 p6', en: '--mode must be ms or p6' })
      parsed.mode = value
    } else if (word === '--project' && value !== undefined) parsed.project = value
    else throw usageError({ zh: `未知选项 ${word}`, en: `unknown option ${word}` })
  }
  return parsed
}

export interface OpenedPlan {
  plan: Plan
  reading: Extract<PlanReading, { ok: true }>
}

/** Reads a plan file and picks one plan of it: the only one, the one named, or the first. */
export async function openPlan(file: string, project?: string): Promise<OpenedPlan> {
  const found = await stat(file).catch(() => undefined)
  if (!found?.isFile())
    throw planError('plan_file.missing', { zh: `找不到文件 ${file}`, en: `There is no file ${file}` })
  const reading = await readPlanFile(createReadStream(file), basename(file))
  if (!reading.ok) throw planError(reading.error.code, refusalMessage(reading.error))
  const plan =
    project === undefined ? reading.plans[0] : reading.plans.find(p => p.name === project || p.title === project)
  if (!plan) {
    const names = reading.plans.map(p => p.name).join(', ')
    throw planError('plan_file.no_such_project', {
      zh: `文件里没有项目 ${project}，有：${names}`,
      en: `The file has no project ${project}; it has: ${names}`,
    })
  }
  return { plan, reading }
}

/** The schedule of a plan, or the command ends with what is wrong in the plan. */
export function computed(plan: Plan, mode: Mode): Schedule {
  const outcome = compute(plan, mode)
  if (outcome.ok) return outcome.schedule
  throw planError(outcome.error.code, scheduleErrorText(plan, outcome.error))
}

/** What is wrong in a plan, in words. */
export function scheduleErrorText(plan: Plan, error: ScheduleError): Text {
  const label = (id: string): string => {
    const task = plan.tasks.find(t => t.id === id)
    return task ? `${shownId(task)} ${task.name}` : id
  }
  switch (error.code) {
    case 'schedule.cycle': {
      const circle = error.tasks.map(label).join(' → ')
      return {
        zh: `任务关系成环：${circle}。请删除其中一条关系。`,
        en: `Links form a circle: ${circle}. Remove one of them.`,
      }
    }
    case 'schedule.unknown_reference':
      return {
        zh: `${label(error.in)} 引用了不存在的对象（${error.what} ${error.id}）。`,
        en: `${label(error.in)} refers to a ${error.what} that does not exist (${error.id}).`,
      }
    case 'schedule.calendar_without_work':
      return { zh: `日历 ${error.calendar} 没有工作时间。`, en: `Calendar ${error.calendar} has no working time.` }
    case 'schedule.calendar_cycle': {
      const circle = error.calendars.join(' → ')
      return { zh: `日历互相继承成环：${circle}。`, en: `Calendars inherit from each other in a circle: ${circle}.` }
    }
    case 'schedule.out_of_range':
      return {
        zh: `${label(error.task)} 的日期超出 1900–2500 年。`,
        en: `The dates of ${label(error.task)} leave the years 1900–2500.`,
      }
  }
}

/** What people call a task: its row in Microsoft Project, its activity id in P6. */
export const shownId = (task: Task): number | string => task.row ?? task.code ?? task.id

/** Rows to report: a stand-in for another project's activity is none of this plan's tasks. */
export const isOwn = (plan: Plan, task: Task): boolean => !(plan.mode === 'p6' && task.external === true)

export const dateText = (at: number | undefined): string | null => (at === undefined ? null : formatMinute(at))

/** Columns padded to the width of their widest cell; CJK characters count two. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = (text: string): number =>
    [...text].reduce(
      (n, c) =>
        n +
        (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(c)
          ? 2
          : 1),
      0,
    )
  const widths = head.map((h, i) => rows.reduce((max, row) => Math.max(max, width(row[i] ?? '')), width(h)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - width(cell))))
      .join('  ')
  return [line(head), ...rows.map(line)].join('\n')
}
