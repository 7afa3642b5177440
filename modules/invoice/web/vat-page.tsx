// 发票与增值税: what is not invoiced, output and input tax by month, prepayment of a project. The looks are tabs.
import { useNavigate, useSearch } from '@tanstack/react-router'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Tabs } from '@yingzao/ui/record/tabs.tsx'
import { ReportButton } from '@yingzao/ui/report/report-button.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { ReactNode } from 'react'
import { GapsView } from './gaps.tsx'
import './invoice.css'
import { PrepaymentLook } from './prepayment.tsx'
import { text } from './text.ts'
import { VatMonths } from './vat-months.tsx'

const wide = (content: ReactNode) => <div className="yz-record-wide">{content}</div>

export default function VatPage() {
  const t = useText(text)
  const meta = useMeta()
  const { tab } = useSearch({ from: '/$module/$name' })
  const navigate = useNavigate()
  const invoice = entityOf(meta, 'invoice')
  const choose = (key: string) =>
    void navigate({
      to: '/$module/$name',
      params: { module: 'invoice', name: 'vat' },
      search: key === 'gaps' ? {} : { tab: key },
      replace: true,
    })
  const items = [
    { key: 'gaps', label: t('gaps'), content: () => wide(<GapsView project={null} />) },
    { key: 'vat', label: t('vat'), content: () => wide(<VatMonths />) },
    ...(entityOf(meta, 'vat_prepayment')
      ? [{ key: 'prepayment', label: t('prepayment'), content: () => wide(<PrepaymentLook />) }]
      : []),
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        {...(invoice ? { under: invoice } : {})}
        actions={(tab === undefined || tab === 'gaps') && <ReportButton action="invoice.gaps" needs="invoice" />}
      />
      <div className="yz-record-pages">
        <Tabs items={items} label={t('looks')} chosen={{ key: tab, choose }} />
      </div>
    </>
  )
}
