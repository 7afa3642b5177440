// 项目组合 on paper and as a workbook: every project with its progress, its forecast against contract, publication and promise.
import type { Label } from '@yingzao/kernel/entity'
import { report, wordsIn } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { lines } from './lines.service.ts'

const words = {
  title: { zh: '项目组合表', en: 'Portfolio of projects' },
  asOf: { zh: '截至', en: 'As of' },
  scope: { zh: '范围', en: 'Scope' },
  whole: { zh: '全部项目（{count}）', en: 'All projects ({count})' },
  partial: { zh: '本人可见的项目（{count}）', en: 'Projects one may see ({count})' },
  basis: { zh: '偏差为工作日，正数为迟于；单位：天', en: 'Gaps in working days, positive: later' },
  name: { zh: '项目', en: 'Project' },
  code: { zh: '编号', en: 'Code' },
  stage: { zh: '阶段', en: 'Stage' },
  manager: { zh: '项目经理', en: 'Manager' },
  progress: { zh: '完成', en: 'Progress' },
  start: { zh: '开始', en: 'Start' },
  forecast: { zh: '预计完成', en: 'Forecast' },
  contract: { zh: '合同完成', en: 'Contract' },
  gapContract: { zh: '比合同', en: 'To contract' },
  gapPublished: { zh: '比发布', en: 'To published' },
  gapPromised: { zh: '比承诺', en: 'To promise' },
  critical: { zh: '关键任务', en: 'Critical' },
  tasks: { zh: '任务', en: 'Tasks' },
  warnings: { zh: '预警', en: 'Warnings' },
} as const satisfies Record<string, Label>

export const portfolioReport = report(lines, (ctx, found) => {
  const say = wordsIn(ctx.lang, words)
  const stages: Readonly<Record<string, { readonly label: Label }>> = project.def.stages ?? {}
  const count = (value: number | null) => (value === null ? null : String(value))
  return {
    title: say('title'),
    scope: [
      [say('scope'), say(found.whole ? 'whole' : 'partial', { count: found.lines.length })],
      [say('asOf'), found.today],
    ],
    basis: say('basis'),
    sections: [
      {
        ...{ is: 'table', title: '' },
        columns: [
          ...(['name', 'code', 'stage', 'manager'] as const).map(name => ({ label: say(name) })),
          { label: say('progress'), kind: 'percent' },
          ...(['start', 'forecast', 'contract'] as const).map(name => ({ label: say(name), kind: 'date' as const })),
          ...(['gapContract', 'gapPublished', 'gapPromised', 'critical', 'tasks', 'warnings'] as const).map(name => ({
            ...{ label: say(name), kind: 'integer' as const },
          })),
        ],
        rows: found.lines.map(line => ({
          values: [
            ...[line.name, line.code, stages[line.stage]?.label[ctx.lang] ?? line.stage],
            line.manager === null ? null : (found.names[line.manager] ?? null),
            ...[count(line.progress), line.start, line.forecast, line.contract],
            ...[line.gaps.contract, line.gaps.published, line.gaps.promised, line.critical, line.tasks].map(count),
            String(line.warnings),
          ],
          bad: (line.gaps.contract ?? 0) > 0,
        })),
      },
    ],
  }
})
