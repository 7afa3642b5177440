// `yingzao plan paths FILE`: the chains of work that lead to a task, the one without room first.
import { floatPaths } from '@yingzao/engines/schedule/float-path'
import { defineCommand, usageError } from './command.ts'
import { takeNumbers } from './option.ts'
import { computed, dateText, openPlan, planArguments, planError, shownId } from './plan-file-argument.ts'

export const command = defineCommand({
  summary: {
    zh: '多重浮时路径：通向某任务的各条工作链，从没有余地的一条开始',
    en: 'float paths: the chains of work that lead to a task, the one without room first',
  },
  usage: ['plan paths FILE [--to ID] [--most N] [--mode ms|p6] [--project NAME]'],
  async run(args) {
    const { numbers, rest } = takeNumbers(args, { '--most': { least: 1, most: 1000, whole: true } })
    const to = takeWord(rest, '--to')
    const { files, mode, project } = planArguments(to.rest)
    const [file] = files
    if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个计划文件', en: 'name one plan file' })
    const { plan } = await openPlan(file, project)
    const schedule = computed(plan, mode ?? plan.mode)
    const byId = new Map(plan.tasks.map(task => [task.id, task]))
    const asked = to.word
    const target = asked === undefined ? undefined : plan.tasks.find(task => String(shownId(task)) === asked)?.id
    const unknown = planError('float_path.unknown_task', {
      zh: `计划里没有可以追溯的任务 ${asked ?? ''}`,
      en: `The plan has no task ${asked ?? ''} that paths could lead to`,
    })
    if (asked !== undefined && target === undefined) throw unknown
    const outcome = floatPaths(plan, {
      mode: mode ?? plan.mode,
      most: numbers['--most']?.[0] ?? 10,
      ...(target !== undefined && { target }),
    })
    // What else may be wrong with the plan was told by computing it.
    if (!outcome.ok) throw unknown
    const dates = new Map(schedule.tasks.map(each => [each.id, each]))
    const shown = (id: string) => {
      const task = byId.get(id)
      return { id: task ? shownId(task) : id, uid: task?.uid ?? id, name: task?.name ?? '' }
    }
    const paths = outcome.paths.map(({ number, float, tasks, joins }) => ({
      number,
      floatMinutes: float,
      tasks: tasks.map(id => ({
        ...shown(id),
        start: dateText(dates.get(id)?.start),
        finish: dateText(dates.get(id)?.finish),
      })),
      ...(joins !== undefined && { joins: shown(joins) }),
    }))
    const days = (minutes: number) => `${Math.round((minutes / plan.options.minutesPerDay) * 100) / 100} d`
    return {
      document: { mode: mode ?? plan.mode, project: plan.name, target: shown(outcome.target), paths },
      text: () =>
        [
          `${plan.name}  → ${byId.get(outcome.target)?.name ?? ''}`,
          ...paths.map(
            ({ number, floatMinutes, tasks, joins }) =>
              `${number}. ${days(floatMinutes)}: ${tasks.map(each => `${each.id} ${each.name}`).join(' → ')}${
                joins ? ` ⇒ ${joins.id} ${joins.name}` : ''
              }`,
          ),
        ].join('\n'),
    }
  },
})

/** `--to 12` or `--to=12`, taken out of the words. */
function takeWord(args: readonly string[], name: string): { word: string | undefined; rest: string[] } {
  const at = args.findIndex(each => each === name || each.startsWith(`${name}=`))
  if (at < 0) return { word: undefined, rest: [...args] }
  const inline = args[at]?.split(/=(.*)/s)[1]
  const word = inline ?? args[at + 1]
  if (word === undefined) throw usageError({ zh: `${name} 需要一个任务编号`, en: `${name} needs a task's id` })
  return { word, rest: args.filter((_, i) => i !== at && (inline !== undefined || i !== at + 1)) }
}
