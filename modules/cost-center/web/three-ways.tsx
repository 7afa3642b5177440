// 三算对比: revenue, target and actual side by side; joined with the schedule to earned value on the target cost.
import { useQuery } from '@tanstack/react-query'
import { performance } from '@yingzao/engines/earned-value'
import { type Decimal, divide, formatAmount, formatPercent, multiply, r2, subtract } from '@yingzao/engines/money'
import { formatMinute } from '@yingzao/engines/schedule'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { PastStanding } from '../../schedule/web/public.tsx'
import type { ProjectCost } from '../shape.ts'
import { text } from './text.ts'

export function ThreeWays({ project, cost }: { readonly project: string; readonly cost: ProjectCost }) {
  const t = useText(text)
  const client = useClient()
  const formats = useFormats()
  const found = useQuery({
    queryKey: ['cost_center.plan', project],
    queryFn: async () => {
      const plans = await client.entity('plan').list({
        filter: { project: { eq: project }, current: { eq: true } },
        limit: 1,
        fields: ['name'],
      })
      const [plan] = plans.items
      if (!plan) return null
      const { standings } = await client.entity('plan').read<{ standings: PastStanding[] }>(plan.id, 'standings')
      return standings.at(-1) ?? null
    },
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (found.isPending) return <Waiting />
  const standing = found.data
  const share = (of: Decimal): Decimal => (standing ? (divide(of, standing.bac, 9) ?? '0') : '0')
  const bac = cost.total.target
  const [ev, pv] = standing
    ? [r2(multiply(bac, share(standing.ev))), r2(multiply(bac, share(standing.pv)))]
    : [null, null]
  const ac = cost.total.incurred
  const measured = ev !== null && pv !== null ? performance({ bac, pv, ev, ac }) : null
  const money = (value: Decimal | null) => (value === null ? '—' : formatAmount(value))
  const index = (value: Decimal | null) => (value === null ? '—' : formats.number(value, 2))
  return (
    <div className="yz-stack">
      <Figures
        items={[
          { label: t('revenue'), value: money(cost.income.revenue) },
          { label: t('earned'), value: money(ev) },
          { label: t('spent'), value: money(ac) },
          {
            label: t('marginSoFar'),
            value: money(cost.marginSoFar),
            tone: cost.marginSoFar?.startsWith('-') ? 'bad' : undefined,
          },
        ]}
      />
      {standing && measured && ev !== null && pv !== null ? (
        <>
          <p className="yz-soft">
            {t('status')} {formatMinute(standing.at).slice(0, 10)} · {t('percent')} {formatPercent(share(standing.ev))}
          </p>
          <Figures
            items={[
              { label: 'BAC', value: money(bac) },
              { label: 'PV', value: money(pv) },
              { label: 'EV', value: money(ev) },
              { label: 'AC', value: money(ac) },
              {
                label: 'CV',
                value: money(subtract(ev, ac)),
                tone: subtract(ev, ac).startsWith('-') ? 'bad' : undefined,
              },
              {
                label: 'SV',
                value: money(subtract(ev, pv)),
                tone: subtract(ev, pv).startsWith('-') ? 'bad' : undefined,
              },
              { label: 'CPI', value: index(measured.cpi) },
              { label: 'SPI', value: index(measured.spi) },
              { label: 'EAC', value: money(measured.eac.cpi) },
              { label: 'TCPI', value: index(measured.tcpi) },
            ]}
          />
        </>
      ) : (
        <p className="yz-soft">{t('noPlan')}</p>
      )}
    </div>
  )
}
