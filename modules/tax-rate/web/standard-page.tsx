// 常用税率: what ships, since when which rate, on what basis, and the button that adds what is missing.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { formatPercent } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import type { StandardRate } from '../standard.ts'
import './standard.css'

const text = words({
  title: { zh: '常用税率', en: 'Common rates' },
  hint: {
    zh: '建筑企业常用的增值税税率、征收率与预征率，按有效期保存。只补充没有的代码，已有的不改动。请以税务机关现行规定为准。',
    en: 'VAT rates, levies and prepayment rates of contractors, each with the days it holds. Only codes that are missing are added, what is there stays. What the tax authority says now prevails.',
  },
  there: { zh: '已有', en: 'There' },
  load: { zh: '载入 {count} 个税率', en: 'Load {count} {count:rate|rates}' },
  complete: { zh: '常用税率都已在登记表中。', en: 'All common rates are in the register.' },
  loaded: { zh: '已载入 {count} 个税率', en: '{count} {count:rate|rates} loaded' },
  since: { zh: '{from} 起', en: 'from {from}' },
  between: { zh: '{from} 至 {to}', en: '{from} to {to}' },
})

type Row = StandardRate & { readonly there: boolean }

export default function StandardPage() {
  const t = useText(text)
  const { lang } = useLanguage()
  const formats = useFormats()
  const say = useSay()
  const client = useClient()
  const queries = useQueryClient()
  const meta = useMeta()
  const [busy, setBusy] = useState(false)
  const found = useQuery({
    queryKey: ['tax_rate.standard'],
    queryFn: () => client.perform<{ rates: readonly Row[] }>('tax_rate.standard'),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { rates } = found.data
  const missing = rates.filter(row => !row.there).length
  const load = async () => {
    setBusy(true)
    try {
      const { made } = await client.perform<{ made: number }>('tax_rate.load_standard')
      say.good(t('loaded', { count: made }))
      await queries.invalidateQueries()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const under = entityOf(meta, 'tax_rate')
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
      <div className="yz-rates">
        <p className="yz-soft">
          {t('hint')} {missing === 0 && t('complete')}
        </p>
        {rates.map(rate => (
          <section key={rate.code} className="yz-widget">
            <h2>
              {rate[lang]} {rate.there && <Tag>{t('there')}</Tag>}
            </h2>
            <ul>
              {rate.periods.map(([percent, from, to]) => (
                <li key={from}>
                  <b>{formatPercent(percent)}</b>{' '}
                  {to === null
                    ? t('since', { from: formats.date(from) })
                    : t('between', { from: formats.date(from), to: formats.date(to) })}
                </li>
              ))}
            </ul>
            <p className="yz-soft">{rate.basis}</p>
          </section>
        ))}
      </div>
    </>
  )
}
