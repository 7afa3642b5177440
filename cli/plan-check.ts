// `yingzao plan check FILE`: each difference between the dates stored in a file and those computed from its inputs.
import { checkAgainstStored } from '@yingzao/engines/schedule'
import { defineCommand, usageError } from './command.ts'
import { computed, dateText, openPlan, planArguments, shownId, textTable } from './plan-file-argument.ts'
import { whyWords } from './plan-why.ts'

const isDate = (field: string): boolean => field !== 'totalFloat' && field !== 'freeFloat' && field !== 'critical'

export const command = defineCommand({
  summary: {
    zh: '比较文件中存储的日期与计算结果，逐条列出差异',
    en: 'compares the dates stored in a plan file with the computed ones',
  },
  usage: ['plan check FILE [--mode ms|p6] [--project NAME]'],
  async run(args) {
    const { files, mode, project } = planArguments(args)
    const [file] = files
    if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个计划文件', en: 'name one plan file' })
    const { plan, reading } = await openPlan(file, project)
    const schedule = computed(plan, mode ?? plan.mode)
    const check = checkAgainstStored(plan, schedule)
    const words = whyWords(plan)
    const tasks = new Map(plan.tasks.map(t => [t.id, t]))
    const shown = (field: string, value: number): string | number | boolean | null =>
      field === 'critical' ? value === 1 : isDate(field) ? dateText(value) : value
    const differences = check.differences.map(({ task: id, field, stored, computed: ours, reason }) => {
      const task = tasks.get(id)
      return {
        id: task ? shownId(task) : id,
        uid: task?.uid ?? id,
        name: task?.name ?? '',
        field,
        stored: shown(field, stored),
        computed: shown(field, ours),
        reason:
          reason.kind === 'computed'
            ? { kind: reason.kind, why: words.document(reason.why), text: words.text(reason.why) }
            : reason.kind === 'follows'
              ? { kind: reason.kind, task: tasks.has(reason.task) ? shownId(tasks.get(reason.task)!) : reason.task }
              : reason,
      }
    })
    return {
      document: {
        mode: schedule.mode,
        project: plan.name,
        tasks: check.tasks,
        agreeing: check.agreeing,
        fields: check.fields,
        differences,
        loss: reading.loss,
      },
      text: () =>
        [
          `${plan.name}: ${check.agreeing}/${check.tasks} 个任务一致 | tasks agree`,
          differences.length === 0
            ? ''
            : textTable(
                ['ID', '字段 | field', '存储 | stored', '计算 | computed', '原因 | reason', '名称 | name'],
                differences.map(d => [
                  String(d.id),
                  d.field,
                  String(d.stored),
                  String(d.computed),
                  d.reason.kind === 'computed' && 'text' in d.reason && d.reason.text
                    ? d.reason.text.zh
                    : 'task' in d.reason
                      ? `← ${d.reason.task}`
                      : d.reason.kind,
                  d.name,
                ]),
              ),
        ].join('\n'),
    }
  },
})
