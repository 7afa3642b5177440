// 标准科目: what the shipped trees hold, what of it is missing here, and the button that adds it.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { StandardItem } from '../standard.ts'
import './cost-item.css'
import { text } from './text.ts'

type Row = Pick<StandardItem, 'code' | 'zh' | 'en'> & { readonly there: boolean }
interface Standard {
  readonly cost_items: readonly Row[]
  readonly expense_items: readonly Row[]
}

export default function StandardPage() {
  const t = useText(text)
  const { lang } = useLanguage()
  const say = useSay()
  const client = useClient()
  const queries = useQueryClient()
  const meta = useMeta()
  const [busy, setBusy] = useState(false)
  const found = useQuery({
    queryKey: ['cost_item.standard'],
    queryFn: () => client.perform<Standard>('cost_item.standard'),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { cost_items, expense_items } = found.data
  const missing = [...cost_items, ...expense_items].filter(row => !row.there).length
  const load = async () => {
    setBusy(true)
    try {
      const { made } = await client.perform<{ made: number }>('cost_item.load_standard')
      say.good(t('loaded', { count: made }))
      await queries.invalidateQueries()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const list = (title: string, rows: readonly Row[]) => (
    <section className="yz-widget">
      <h2>{title}</h2>
      <ul className="yz-standard">
        {rows.map(row => (
          <li key={row.code} data-level={row.code.split('.').length}>
            <span className="yz-standard-code">{row.code}</span> {row[lang]}
            {row.there && <Tag>{t('there')}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  )
  const under = entityOf(meta, 'cost_item')
  return (
    <>
      <PageHeader
        title={t('title')}
        {...(under ? { under } : {})}
        actions={
          missing > 0 && (
            <Button type="primary" loading={busy} onClick={() => void load()}>
              {t('load', { count: missing })}
            </Button>
          )
        }
      />
      <div className="yz-standards">
        <p className="yz-soft">
          {t('hint')} {missing === 0 && t('complete')}
        </p>
        {list(t('cost'), cost_items)}
        {list(t('expense'), expense_items)}
      </div>
    </>
  )
}
