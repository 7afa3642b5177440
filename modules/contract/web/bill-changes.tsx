// What a file would change of a contract's bill, before the variation is there: how many items, what it comes to, and where the
// file and the bill do not agree.
import { useQuery } from '@tanstack/react-query'
import { formatAmount, formatQuantity, isZero } from '@yingzao/engines/money'
import type { FileRef, Json } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import type { BillChanges } from '../bill-import-shape.ts'
import { text } from './bill-import-text.ts'

export function Changes({ file, asked }: { readonly file: FileRef; readonly asked: Readonly<Record<string, Json>> }) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['contract.bill_changes', file.id, asked],
    queryFn: () => client.perform<BillChanges>('contract.bill_changes', { ...asked, file: [{ ...file }] }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const of = found.data
  const differs = !isZero(of.byPrice) || !isZero(of.rounding)
  return (
    <section className="yz-stack" aria-label={t('changed')}>
      <Figures
        items={[
          {
            label: t('changed'),
            value: String(of.matched),
            note: of.same > 0 ? t('sameNote', { count: of.same }) : undefined,
          },
          { label: t('added'), value: String(of.added) },
          {
            label: t('changeAmount'),
            value: formatAmount(of.amount),
            note: differs ? t('wantedNote', { wanted: formatAmount(of.wanted) }) : t('agreesNote'),
          },
        ]}
      />
      {differs && (
        <Alert
          type="warning"
          showIcon
          title={t('changesDiffer', { price: formatAmount(of.byPrice), rounding: formatAmount(of.rounding) })}
        />
      )}
      {of.below > 0 && <Alert type="error" showIcon title={t('changesBelow', { count: of.below })} />}
      {of.unmapped > 0 && <Alert type="error" showIcon title={t('changesUnmapped', { count: of.unmapped })} />}
      {of.untouched.items > 0 && (
        <p className="yz-soft">
          {t('untouched', { count: of.untouched.items, amount: formatAmount(of.untouched.amount) })}
        </p>
      )}
      {of.differing.length > 0 && (
        <ul className="yz-import-bad">
          {of.differing.map(each => (
            <li key={each.code}>
              <span className="yz-faint">{each.code}</span>{' '}
              {isZero(each.amount)
                ? t('unitDiffers', { name: each.name, unit: each.unit || '—', bill: each.billUnit })
                : t('priceDiffers', {
                    ...{ name: each.name, price: formatQuantity(each.price), bill: formatQuantity(each.billPrice) },
                    amount: formatAmount(each.amount),
                  })}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
