// 三算对比: revenue, target and actual side by side; joined with the schedule to earned value on the target cost.
import { type Decimal, formatAmount, formatPercent } from '@yingzao/engines/money'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { ProjectCost } from '../shape.ts'
import { text } from './text.ts'
import { useWork } from './use-work.ts'

const bad = (value: Decimal) => (value.startsWith('-') ? 'bad' : undefined)

export function ThreeWays({ project, cost }: { readonly project: string; readonly cost: ProjectCost }) {
  const t = useText(text)
  const formats = useFormats()
  const found = useWork(project)
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { earned } = found.data
  const money = (value: Decimal | null) => (value === null ? '—' : formatAmount(value))
  const index = (value: Decimal | null) => (value === null ? '—' : formats.number(value, 2))
  return (
    <div className="yz-stack">
      <Figures
        items={[
          { label: t('revenue'), value: money(cost.income.revenue) },
          { label: t('earned'), value: money(earned?.ev ?? null) },
          { label: t('spent'), value: money(cost.total.incurred) },
          {
            label: t('marginSoFar'),
            value: money(cost.marginSoFar),
            tone: cost.marginSoFar?.startsWith('-') ? 'bad' : undefined,
          },
        ]}
      />
      {earned ? (
        <>
          <p className="yz-soft">
            {t('status')} {formats.date(earned.on)} · {t('percent')} {formatPercent(earned.performance.complete)}
          </p>
          <Figures
            items={[
              { label: 'BAC', value: money(earned.bac) },
              { label: 'PV', value: money(earned.pv) },
              { label: 'EV', value: money(earned.ev) },
              { label: 'AC', value: money(earned.ac) },
              { label: 'CV', value: money(earned.performance.cv), tone: bad(earned.performance.cv) },
              { label: 'SV', value: money(earned.performance.sv), tone: bad(earned.performance.sv) },
              { label: 'CPI', value: index(earned.performance.cpi) },
              { label: 'SPI', value: index(earned.performance.spi) },
              { label: 'EAC', value: money(earned.performance.eac.cpi) },
              { label: 'TCPI', value: index(earned.performance.tcpi) },
            ]}
          />
        </>
      ) : (
        <p className="yz-soft">{t('noPlan')}</p>
      )}
    </div>
  )
}
