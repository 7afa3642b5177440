// `yingzao plan compute FILE`: dates, floats and their reasons, computed from the file's inputs alone.
import type { Plan, Schedule } from '@yingzao/engines/schedule'
import { type Answer, defineCommand, usageError } from './command.ts'
import { computed, dateText, isOwn, openPlan, planArguments, shownId, textTable } from './plan-file-argument.ts'
import { whyWords } from './plan-why.ts'

export const command = defineCommand({
  summary: {
    zh: '计算计划文件：各任务的日期、时差和原因',
    en: 'computes a plan file: dates, floats and reasons of every task',
  },
  usage: ['plan compute FILE [--mode ms|p6] [--project NAME]'],
  async run(args) {
    const { files, mode, project } = planArguments(args)
    const [file] = files
    if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个计划文件', en: 'name one plan file' })
    const { plan, reading } = await openPlan(file, project)
    return answer(
      plan,
      computed(plan, mode ?? plan.mode),
      reading.plans.map(p => p.name),
    )
  },
})

function answer(plan: Plan, schedule: Schedule, projects: readonly string[]): Answer {
  const words = whyWords(plan)
  const dates = new Map(schedule.tasks.map(t => [t.id, t]))
  const tasks = plan.tasks.flatMap(task => {
    const found = dates.get(task.id)
    if (!found || !isOwn(plan, task)) return []
    return [
      {
        id: shownId(task),
        uid: task.uid ?? task.id,
        name: task.name,
        earlyStart: dateText(found.earlyStart),
        earlyFinish: dateText(found.earlyFinish),
        lateStart: dateText(found.lateStart),
        lateFinish: dateText(found.lateFinish),
        start: dateText(found.start),
        finish: dateText(found.finish),
        totalFloatMinutes: found.totalFloat,
        freeFloatMinutes: found.freeFloat,
        critical: found.critical,
        why: words.all(found),
      },
    ]
  })
  const document = {
    mode: schedule.mode,
    project: plan.name,
    projects,
    statusDate: dateText(schedule.statusDate ?? plan.options.statusDate),
    start: dateText(schedule.start),
    finish: dateText(schedule.finish),
    tasks,
    warnings: schedule.warnings,
  }
  return {
    document,
    text: () =>
      [
        `${plan.name}  ${document.start} – ${document.finish}`,
        textTable(
          ['ID', 'ES', 'EF', 'LS', 'LF', 'TF', '', '名称 | name'],
          tasks.map(t => [
            String(t.id),
            t.earlyStart ?? '',
            t.earlyFinish ?? '',
            t.lateStart ?? '',
            t.lateFinish ?? '',
            `${Math.round((t.totalFloatMinutes / plan.options.minutesPerDay) * 100) / 100} d`,
            t.critical ? '关键 | critical' : '',
            t.name,
          ]),
        ),
      ].join('\n'),
  }
}
