// 项目选用科目: the tree with a box before each item; the leaves that are ticked are the project's.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { keys, useClient, useList } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Tree } from 'antd'
import { useMemo, useState } from 'react'
import './cost-item.css'
import { text } from './text.ts'

interface Node {
  readonly key: string
  readonly title: string
  readonly children: Node[]
}

/** Items in the order of their codes; what has something below carries it. */
function treeOf(items: readonly RecordJson[]): Node[] {
  const nodes = new Map(
    items.map(item => [item.id, { key: item.id, title: String(item.title), children: [] as Node[] }]),
  )
  const roots: Node[] = []
  for (const item of items) {
    const node = nodes.get(item.id)
    const above = typeof item.parent === 'string' ? nodes.get(item.parent) : undefined
    if (node) (above?.children ?? roots).push(node)
  }
  return roots
}

export default function ChoiceTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const meta = useMeta()
  const queries = useQueryClient()
  const mayChoose = entityOf(meta, 'project_cost_item')?.can.includes('create') === true
  const items = useQuery({
    queryKey: ['cost_item', 'tree'],
    queryFn: async () => {
      const all: RecordJson[] = []
      for await (const item of client
        .entity('cost_item' as string)
        .all({ filter: { active: { eq: true } }, sort: ['code'], fields: ['title', 'parent', 'leaf', 'code'] }))
        all.push(item)
      return all
    },
  })
  const chosen = useList('project_cost_item' as string, {
    filter: { project: { eq: record.id } },
    fields: ['cost_item'],
    limit: 500,
  })
  const [draft, setDraft] = useState<readonly string[] | null>(null)
  const [busy, setBusy] = useState(false)
  const tree = useMemo(() => treeOf(items.data ?? []), [items.data])
  const leaves = useMemo(() => new Set(items.data?.flatMap(item => (item.leaf ? [item.id] : []))), [items.data])
  if (items.error) return <Failed error={items.error} retry={() => void items.refetch()} />
  if (chosen.error) return <Failed error={chosen.error} retry={chosen.refetch} />
  if (!items.data || chosen.isPending) return <Waiting />
  if (tree.length === 0) return <p className="yz-soft">{t('none')}</p>
  const ticked = draft ?? chosen.items.map(row => String(row.cost_item))
  const save = async () => {
    setBusy(true)
    try {
      const answer = await client.perform<{ added: number; removed: number }>('cost_item.choose', {
        project: record.id,
        items: ticked,
      })
      say.good(t('saved', answer))
      setDraft(null)
      await queries.invalidateQueries({ queryKey: keys.entity('project_cost_item') })
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="yz-stack">
      <p className="yz-soft">{t('choose')}</p>
      <div className="yz-flex">
        <span role="status">{t('chosen', { count: ticked.length })}</span>
        {mayChoose && (
          <Button type="primary" disabled={draft === null} loading={busy} onClick={() => void save()}>
            {t('save')}
          </Button>
        )}
      </div>
      <Tree
        checkable
        selectable={false}
        disabled={!mayChoose}
        treeData={tree}
        defaultExpandedKeys={tree.map(node => node.key)}
        checkedKeys={[...ticked]}
        onCheck={keys =>
          setDraft((Array.isArray(keys) ? keys : keys.checked).map(String).filter(key => leaves.has(key)))
        }
      />
    </section>
  )
}
