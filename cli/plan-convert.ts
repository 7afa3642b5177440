// `yingzao plan convert IN OUT`: a plan in another program's format, with a report of what that format cannot say.
import { writeFile } from 'node:fs/promises'
import { compute } from '@yingzao/engines/schedule'
import { planFormatOf, refusalMessage, writePlanFile } from '@yingzao/formats/plan-file'
import { defineCommand, usageError } from './command.ts'
import { openPlan, planArguments, planError, textTable } from './plan-file-argument.ts'

export const command = defineCommand({
  summary: {
    zh: '转换计划文件格式（.xml / .xer），并报告无法保留的内容',
    en: 'converts a plan file (.xml / .xer) and reports what could not be kept',
  },
  usage: ['plan convert IN OUT [--mode ms|p6] [--project NAME]'],
  async run(args) {
    const { files, mode, project } = planArguments(args)
    const [from, to] = files
    if (from === undefined || to === undefined || files.length > 2)
      throw usageError({ zh: '请给出输入和输出两个文件', en: 'name an input and an output file' })
    const format = planFormatOf(to)
    if (!format) {
      const extension = /\.(\w+)$/.exec(to)?.[1] ?? ''
      throw planError('plan_file.target', refusalMessage({ code: 'plan_file.target', values: { extension } }))
    }
    const { plan, reading } = await openPlan(from, project)
    // Dates of the file are kept as they are; a plan without any gets computed ones.
    const hasDates = plan.tasks.some(t => t.stored?.start !== undefined || t.stored?.earlyStart !== undefined)
    const outcome = hasDates && mode === undefined ? undefined : compute(plan, mode ?? plan.mode)
    const { bytes, loss } = writePlanFile(plan, format, outcome?.ok ? outcome.schedule : undefined)
    await writeFile(to, bytes)
    const report = { reading: reading.loss, writing: loss }
    return {
      document: {
        ...{ from, to, project: plan.name, format, bytes: bytes.length },
        dates: outcome?.ok ? 'computed' : 'stored',
        tasks: plan.tasks.length,
        links: plan.links.length,
        loss: report,
      },
      text: () => {
        const rows = [...reading.loss.map(l => ['读 | read', l] as const), ...loss.map(l => ['写 | write', l] as const)]
        return [
          `${to}: ${plan.tasks.length} 个任务，${plan.links.length} 条关系 | tasks, links`,
          rows.length === 0
            ? '没有丢失 | nothing lost'
            : textTable(
                ['', '代码 | code', '位置 | where', '次数 | count', '例 | example'],
                rows.map(([when, l]) => [when, l.code, l.path, String(l.count), l.example ?? '']),
              ),
        ].join('\n')
      },
    }
  },
})
