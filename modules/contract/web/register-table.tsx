// 合同台账 as a table: income, then expense, each with its sums.
import { formatAmount, isZero } from '@yingzao/engines/money'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { Figures, Register } from '../figures-shape.ts'
import './contract.css'
import { text } from './text.ts'

const figures = ['original', 'changes', 'sum', 'measured', 'due', 'paid', 'invoiced', 'unpaid', 'refundable'] as const
/** Of both sides. */
const words = {
  original: 'original',
  changes: 'changes',
  sum: 'sum',
  measured: 'measured',
  due: 'r_due',
  paid: 'r_paid',
  invoiced: 'invoiced',
  unpaid: 'r_unpaid',
  refundable: 'refundable',
} as const
const home = { module: 'contract', name: 'contract' }

export function RegisterTable({ of, projects }: { readonly of: Register; readonly projects: boolean }) {
  const t = useText(text)
  const { income, expense } = of.totals
  // 应退 is rare: a column only where there is some.
  const refunds = !isZero(income.refundable) || !isZero(expense.refundable)
  const columns = figures.filter(name => name !== 'refundable' || refunds)
  const cells = (row: Figures) =>
    columns.map(name => (
      <td key={name} className={row[name].startsWith('-') ? 'yz-bad' : undefined} data-label={t(words[name])}>
        {formatAmount(row[name])}
      </td>
    ))
  return (
    <div className="yz-contracts-scroll">
      <table className="yz-contracts">
        <thead>
          <tr>
            <th scope="col" className="yz-left">
              {t('name')}
            </th>
            {columns.map(name => (
              <th key={name} scope="col">
                {t(words[name])}
              </th>
            ))}
          </tr>
        </thead>
        {(['income', 'expense'] as const).map(direction => {
          const rows = of.rows.filter(row => row.direction === direction)
          if (rows.length === 0) return null
          return (
            <tbody key={direction}>
              {rows.map(row => (
                <tr key={row.id}>
                  <th scope="row" className="yz-left">
                    <RecordLink entity={home} id={row.id}>
                      {row.name}
                    </RecordLink>
                    <br />
                    <span className="yz-faint">
                      {[row.contract_no ?? row.number, row.counterparty, ...(projects ? [row.project_name] : [])].join(
                        ' · ',
                      )}
                    </span>
                  </th>
                  {cells(row)}
                </tr>
              ))}
              <tr className="yz-sum">
                <th scope="row" className="yz-left">
                  {t(direction)}
                </th>
                {cells(of.totals[direction])}
              </tr>
            </tbody>
          )
        })}
      </table>
    </div>
  )
}
