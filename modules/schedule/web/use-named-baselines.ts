// Named baselines of a plan, a branch's original included, for the Gantt to draw: their names, and the dates of one when asked.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useClient, useList } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import type { NamedBaseline, NamedDates } from '@yingzao/ui/gantt/gantt.tsx'
import { useFormats } from '@yingzao/ui/text/language.tsx'
import { useCallback, useMemo } from 'react'
import { readFrozen } from '../compare.ts'

const MOST = 200

export function useNamedBaselines(record: RecordJson): {
  readonly baselines: readonly NamedBaseline[]
  readonly loadBaseline: (key: string) => Promise<NamedDates>
} {
  const client = useClient()
  const formats = useFormats()
  const may = entityOf(useMeta(), 'plan_baseline')?.can.includes('read') ?? false
  const of = [record.id, ...(typeof record.branch_of === 'string' ? [record.branch_of] : [])]
  const { items } = useList(
    'plan_baseline',
    { filter: { plan: { in: of } }, fields: ['name', 'created_at'], sort: ['-created_at'], limit: MOST },
    { enabled: may },
  )
  const key = JSON.stringify(items.map(({ id, name }) => [id, name]))
  // The same list for the Gantt as long as it holds the same: the list is fetched again with every change of the plan.
  const baselines = useMemo(
    () =>
      items.map(({ id, name, created_at }) => {
        const twin = items.some(each => each.id !== id && each.name === name)
        return {
          key: id,
          name: twin ? `${String(name)} ${formats.date(String(created_at).slice(0, 10))}` : String(name),
        }
      }),
    [key, formats],
  )
  const loadBaseline = useCallback(
    async (id: string): Promise<NamedDates> => {
      const { dates } = await client.entity('plan_baseline').get(id)
      return new Map(Object.entries(readFrozen(dates)).map(([task, [start, finish]]) => [task, { start, finish }]))
    },
    [client],
  )
  return { baselines, loadBaseline }
}
