// A window of a plan on paper: A3 or A4 landscape, a title block with the names that sign, milestones behind the tasks.
import { dayOf, formatDay } from '@yingzao/engines/schedule/civil'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { printPages } from '@yingzao/ui/print'
import type { Text } from '@yingzao/ui/text/language.tsx'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { Quantity } from '../quantity.ts'
import type { WindowView } from '../window.ts'
import { partWords } from '../window-words.ts'
import { dateText, deviationText, Place, quantityText, Shares, WindowHead } from './window-table.tsx'
import type { text } from './window-text.ts'

interface Paper {
  readonly size: 'A3' | 'A4'
  readonly plan: string
  readonly title: string
  readonly view: WindowView
  readonly people: ReadonlyMap<string, string>
  readonly quantities: ReadonlyMap<string, Quantity>
  readonly t: Text<typeof text>
  readonly lang: 'zh' | 'en'
  readonly status: number | undefined
}

/** Rows that fit below the title block and above the names. */
const ROWS = { A3: 40, A4: 26 } as const

export function printWindow(paper: Paper): void {
  const { size, view, people, quantities, t, lang } = paper
  const rows = ROWS[size]
  const parts: ReactNode[] = []
  for (let at = 0; at < view.rows.length; at += rows)
    parts.push(
      <table>
        <WindowHead t={t} quantity={quantities.size > 0} />
        <tbody>
          {view.rows.slice(at, at + rows).map(row => (
            <tr key={row.id} data-summary={row.summary}>
              <td>{row.number}</td>
              <td style={{ paddingLeft: 4 + row.level * 10 }}>{row.name}</td>
              <td>
                <Place row={row} window={view.window} />
              </td>
              <td>{dateText(row.start)}</td>
              <td>{dateText(row.finish)}</td>
              <Shares row={row} />
              {quantities.size > 0 && <td>{quantityText(row, quantities, t, plain)}</td>}
              <td>{row.part && partWords[row.part][lang]}</td>
              <td>{row.responsible && (people.get(row.responsible) ?? '')}</td>
            </tr>
          ))}
        </tbody>
      </table>,
    )
  for (let at = 0; at < view.milestones.length; at += rows)
    parts.push(
      <table>
        <thead>
          <tr>
            {(['number', 'milestones', 'promised', 'forecast', 'deviation'] as const).map(key => (
              <th key={key}>{t(key)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.milestones.slice(at, at + rows).map(each => (
            <tr key={each.id}>
              <td>{each.number}</td>
              <td>{each.name}</td>
              <td>{each.promised === null ? '—' : dateText(each.promised)}</td>
              <td>{dateText(each.forecast)}</td>
              <td>{`${each.reached ? `${t('reached')} · ` : ''}${deviationText(each, t)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>,
    )
  printPages(
    parts.map((part, index) => drawn(<Sheet {...paper} page={index + 1} pages={parts.length} body={part} />)),
    size,
    'yz-window-print',
  )
}

const plain = (value: number, digits: number) => value.toFixed(digits)

interface SheetProps extends Paper {
  readonly page: number
  readonly pages: number
  readonly body: ReactNode
}

function Sheet({ size, plan, title, t, status, page, pages, body }: SheetProps) {
  const date = formatDay(dayOf(minuteOfWallClock(new Date())))
  return (
    <section className="yz-window-page" data-size={size}>
      <header>
        <h1>{title}</h1>
        <p>
          {plan}
          {status !== undefined && ` · ${t('statusOn', { date: dateText(status) })}`}
        </p>
      </header>
      {body}
      <footer>
        <span>{t('made')}</span>
        <span>{t('checked')}</span>
        <span>{t('approved')}</span>
        <span>{t('page', { page, pages })}</span>
        <span>{t('printedOn', { date })}</span>
      </footer>
    </section>
  )
}

function drawn(page: ReactNode): Element {
  const holder = document.createElement('div')
  const root = createRoot(holder)
  flushSync(() => root.render(page))
  const made = holder.firstElementChild?.cloneNode(true)
  root.unmount()
  return made instanceof Element ? made : holder
}
