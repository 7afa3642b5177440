// The templates one may use, those for the project's type first, and the content of the chosen one.
import { type PlanTemplate, readTemplate } from '@yingzao/engines/plan-template'
import { useList, useRecord } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useMemo } from 'react'

export function useTemplates(projectType: string | null) {
  const may = entityOf(useMeta(), 'plan_template')?.can.includes('read') ?? false
  const found = useList(
    'plan_template',
    { fields: ['name', 'project_type', 'task_count', 'work_days', 'description'], sort: ['name'], limit: 200 },
    { enabled: may },
  )
  const { items } = found
  const sorted = useMemo(
    () => [...items].sort((a, b) => Number(b.project_type === projectType) - Number(a.project_type === projectType)),
    [items, projectType],
  )
  return { templates: sorted, isPending: may && found.isPending }
}

/** What stands in a template; undefined while it is fetched, null when it cannot be read. */
export function useTemplate(id: string | null): PlanTemplate | null | undefined {
  const record = useRecord('plan_template', id)
  const content = record.data?.content
  return useMemo(() => {
    if (content === undefined) return undefined
    const read = readTemplate(content)
    return read.ok ? read.template : null
  }, [content])
}
