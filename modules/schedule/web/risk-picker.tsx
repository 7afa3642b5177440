// Which tasks an assumption is about: classes of work, summaries with all below them, crews, single tasks.
import { type WorkClass, workClasses, workClassOf } from '@yingzao/engines/duration-advice'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Select } from 'antd'
import { useMemo } from 'react'
import { uncertainTasks } from '../risk.ts'
import type { Picks } from '../risk-part.ts'
import { classText } from './advice-text.ts'
import { taskNames } from './analysis.tsx'
import { text } from './risk-text.ts'

export interface PickOption {
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** What there is to pick in a plan: only classes and crews that open tasks have. */
export function usePickOptions(plan: Plan): readonly PickOption[] {
  const t = useText(text)
  const label = useLabel()
  return useMemo(() => {
    const names = taskNames(plan)
    const open = uncertainTasks(plan)
    const counts = new Map<WorkClass, number>()
    for (const { name } of open) {
      const kind = workClassOf(name)
      if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    const ids = new Set(open.map(({ id }) => id))
    const used = new Set(plan.assignments.flatMap(({ task, resource }) => (ids.has(task) ? [resource] : [])))
    const parents = new Set(plan.tasks.flatMap(({ parent }) => parent ?? []))
    const shown = (id: string) => `${names.get(id)?.number} ${names.get(id)?.name}`
    return [
      {
        label: t('pickClasses'),
        options: workClasses.flatMap(kind => {
          const count = counts.get(kind)
          return count ? [{ value: `class:${kind}`, label: `${label(classText[kind])} (${count})` }] : []
        }),
      },
      {
        label: t('pickSummaries'),
        options: plan.tasks.flatMap(({ id }) => (parents.has(id) ? [{ value: `task:${id}`, label: shown(id) }] : [])),
      },
      {
        label: t('pickResources'),
        options: plan.resources.flatMap(({ id, name }) =>
          used.has(id) ? [{ value: `resource:${id}`, label: name }] : [],
        ),
      },
      { label: t('pickTasks'), options: open.map(({ id }) => ({ value: `task:${id}`, label: shown(id) })) },
    ].filter(({ options }) => options.length > 0)
  }, [plan, t, label])
}

export function TaskPicker({
  options,
  picks,
  empty,
  onChange,
}: {
  options: readonly PickOption[]
  picks: Picks
  /** What no pick means here. */
  empty: string
  onChange: (picks: Picks) => void
}) {
  const t = useText(text)
  return (
    <Select
      size="small"
      mode="multiple"
      className="yz-risk-task"
      aria-label={t('whichTasks')}
      showSearch={{ optionFilterProp: 'label' }}
      maxTagCount={2}
      placeholder={empty}
      value={[...picks]}
      options={options.map(group => ({ ...group, options: [...group.options] }))}
      onChange={onChange}
    />
  )
}
