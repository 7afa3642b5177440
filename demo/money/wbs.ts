// WBS of the demo's contracts: the part of the project's plan that each is for.
import type { Id } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from '../plan/builder.ts'

const prep: Both = ['施工准备', 'Preparation']
const dig: Both = ['基坑开挖与支撑', 'Excavation and struts']
const body: Both = ['主体结构', 'Main structure']
const blueprint: Both = ['蓝图设计', 'Blueprint']

/** By key of the deal; crane, monitoring and what serves several parts name none. */
const parts: Readonly<Record<string, Both>> = {
  ...{ 'm.pipes': prep, 'm.survey': prep, 'm.shoring': ['围护结构', 'Retaining structure'] },
  ...{ 'm.earth': dig, 'm.struts': dig, 'm.labour': body, 'm.rebar': body, 'm.concrete': body },
  'm.mep': ['机电与系统', 'Building services and systems'],
  ...{ 'l.design': ['方案与工艺', 'Concept and process'], 'l.hall': ['厂房改造', 'Building'] },
  'l.mes': ['MES 与追溯', 'MES and traceability'],
  ...{ 'e.blueprint': blueprint, 'e.data': ['数据迁移', 'Data migration'], 'e.server': ['环境', 'Environments'] },
}

/** Of the line of a contract; nothing where the plan has no such part. */
export async function taskOf(
  engineer: Client,
  { project, key, t }: { readonly project: string; readonly key: string; readonly t: (both: Both) => string },
): Promise<{ readonly task?: Id<'task'> }> {
  const part = parts[key]
  if (!part) return {}
  const { items } = await engineer
    .entity('task')
    .list({ filter: { project: { eq: project }, name: { eq: t(part) } }, fields: ['name'], limit: 1 })
  return items[0] ? { task: items[0].id } : {}
}
