// The ways to look at a plan besides its Gantt. Each is a page of its own, fetched when it is first opened; `key` stands in the address.
import type { RecordJson } from '@yingzao/kernel/entity'
import { type ComponentType, lazy } from 'react'
import type { KnownPlan, PlanLink } from './plan-link.ts'

export interface PlanLookProps {
  readonly record: RecordJson
  readonly known: KnownPlan
  readonly link: PlanLink
  /** May this reader change the plan? */
  readonly mayEdit: boolean
}

export interface PlanLook {
  readonly key: string
  readonly label: { readonly zh: string; readonly en: string }
  readonly page: ComponentType<PlanLookProps>
}

export const planLooks: readonly PlanLook[] = [
  { key: 'window', label: { zh: '时段计划', en: 'Periods' }, page: lazy(() => import('./plan-window.tsx')) },
  { key: 'network', label: { zh: '网络图', en: 'Network' }, page: lazy(() => import('./plan-network.tsx')) },
  { key: 'resources', label: { zh: '资源', en: 'Resources' }, page: lazy(() => import('./plan-resources.tsx')) },
  { key: 'cross', label: { zh: '跨计划', en: 'Other plans' }, page: lazy(() => import('./plan-cross.tsx')) },
  { key: 'quality', label: { zh: '计划质量', en: 'Quality' }, page: lazy(() => import('./plan-quality.tsx')) },
  { key: 'delay', label: { zh: '延误预测', en: 'Delays' }, page: lazy(() => import('./plan-delay.tsx')) },
  { key: 'advice', label: { zh: '工期建议', en: 'Durations' }, page: lazy(() => import('./plan-advice.tsx')) },
  { key: 'risk', label: { zh: '工期风险', en: 'Risk' }, page: lazy(() => import('./plan-risk.tsx')) },
  { key: 'crash', label: { zh: '赶工分析', en: 'Crashing' }, page: lazy(() => import('./plan-crash.tsx')) },
  { key: 'value', label: { zh: '挣值', en: 'Earned value' }, page: lazy(() => import('./plan-value.tsx')) },
  { key: 'compare', label: { zh: '比较', en: 'Compare' }, page: lazy(() => import('./plan-compare.tsx')) },
]
