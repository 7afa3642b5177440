// Values of a report as text on paper (domain brief §14): thousands, two places for money, "—" for nothing known.
import { EMPTY, formatAmount, formatPercent, isDecimal, round } from '@yingzao/engines/money'
import type { ReportColumn, ReportValue } from '@yingzao/kernel/server'

export type Kind = NonNullable<ReportColumn['kind']>
const figures: ReadonlySet<Kind> = new Set(['money', 'percent', 'number', 'integer'])
export const isFigure = (kind: Kind | undefined): boolean => kind !== undefined && figures.has(kind)

export function written(value: ReportValue | undefined, kind: Kind = 'text'): string {
  if (value === null || value === undefined) return EMPTY
  if (!isFigure(kind) || !isDecimal(value)) return value
  switch (kind) {
    case 'money':
      return formatAmount(value)
    case 'percent':
      return formatPercent(value)
    case 'integer':
      return formatAmount(round(value, 0), 0)
    default: {
      const [, places = ''] = round(value, 4)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
        .split('.')
      return formatAmount(value, places.length)
    }
  }
}
