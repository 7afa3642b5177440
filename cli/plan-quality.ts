// `yingzao plan quality FILE`: the 14-point check of a plan, each finding with its task and the way to repair it.
import { checkQuality } from '@yingzao/engines/quality'
import { checkText, repairText } from '@yingzao/modules/schedule/quality-text'
import { defineCommand, usageError } from './command.ts'
import { computed, openPlan, planArguments, shownId, textTable } from './plan-file-argument.ts'

/** Findings shown to people for each check; `--json` has all. */
const MOST_SHOWN = 10

export const command = defineCommand({
  summary: {
    zh: '计划质量：DCMA 十四项检查和评分，指出任务和改法',
    en: 'checks how well a plan is built (DCMA 14 points), with the tasks and the way to repair them',
  },
  usage: ['plan quality FILE [--mode ms|p6] [--project NAME]'],
  async run(args) {
    const { files, mode, project } = planArguments(args)
    const [file] = files
    if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个计划文件', en: 'name one plan file' })
    const { plan } = await openPlan(file, project)
    computed(plan, mode ?? plan.mode)
    const outcome = checkQuality(plan, undefined, mode ?? plan.mode)
    if (!outcome.ok) throw new Error(outcome.error.code)
    const { quality } = outcome
    const byId = new Map(plan.tasks.map(task => [task.id, task]))
    const checks = quality.checks.map(({ findings, ...check }) => ({
      ...check,
      value: check.value === null ? null : Math.round(check.value * 10_000) / 10_000,
      name: checkText[check.id],
      findings: findings.map(({ task: id, code, repair, link, value }) => {
        const task = byId.get(id)
        return {
          ...{ id: task ? shownId(task) : id, uid: task?.uid ?? id, name: task?.name ?? '', code, repair },
          text: repairText[repair],
          ...(link !== undefined && { link }),
          ...(value !== undefined && { value: Math.round(value * 100) / 100 }),
        }
      }),
    }))
    const confidence = Math.round(quality.confidence * 10_000) / 10_000
    return {
      document: { mode: mode ?? plan.mode, project: plan.name, score: quality.score, confidence, checks },
      text: () =>
        [
          `${plan.name}  ${quality.score} 分 | points  可评 | judged ${Math.round(100 * confidence)} %`,
          textTable(
            ['', '检查 | check', '结果 | value', '限值 | limit', '数 | count'],
            checks.map(({ name, value, limit, side, passed, count, of }) => [
              passed === null ? '–' : passed ? '✓' : '✗',
              `${name.zh} | ${name.en}`,
              value === null ? '–' : String(value),
              `${side === 'most' ? '≤' : '≥'} ${limit}`,
              `${count}/${of}`,
            ]),
          ),
          ...checks
            .filter(({ passed, findings }) => passed === false && findings.length > 0)
            .flatMap(({ name, findings }) => [
              '',
              `${name.zh} | ${name.en}`,
              ...findings
                .slice(0, MOST_SHOWN)
                .map(({ id, name: task, text }) => `  ${id} ${task}：${text.zh} | ${text.en}`),
              ...(findings.length > MOST_SHOWN ? [`  … ${findings.length - MOST_SHOWN}`] : []),
            ]),
        ].join('\n'),
    }
  },
})
