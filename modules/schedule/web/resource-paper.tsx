// The heat map on paper: black on white, 26 weeks a sheet, the resources repeated on each.
import type { ResourceLoad } from '@yingzao/engines/levelling'
import { printPages } from '@yingzao/ui/print'
import type { Text } from '@yingzao/ui/text/language.tsx'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { cellText, Head, levelOf } from './resource-heat.tsx'
import type { text } from './resource-text.ts'

interface Paper {
  readonly title: string
  readonly loads: readonly ResourceLoad[]
  readonly names: ReadonlyMap<string, string>
  readonly now: number
  readonly t: Text<typeof text>
}

const COLUMNS = 26
const ROWS = 34

export function printLoads({ title, loads, names, now, t }: Paper): void {
  const count = loads[0]?.periods.length ?? 0
  const pages: Element[] = []
  for (let row = 0; row < loads.length; row += ROWS)
    for (let from = 0; from < count; from += COLUMNS) {
      const periods = loads[0]?.periods.slice(from, from + COLUMNS) ?? []
      const holder = document.createElement('div')
      const root = createRoot(holder)
      flushSync(() =>
        root.render(
          <section className="yz-res-page">
            <h1>{title}</h1>
            <table>
              <Head periods={periods} current={periods.findIndex(each => each.to > now)} title={t('resource')} />
              <tbody>
                {loads.slice(row, row + ROWS).map(load => (
                  <tr key={load.resource}>
                    <th scope="row">{names.get(load.resource) ?? load.resource}</th>
                    {load.periods.slice(from, from + COLUMNS).map(period => (
                      <td key={period.from} data-level={levelOf(period)}>
                        {cellText(period)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            <p>
              {t('legend')} % · {t('overloadMark')}
            </p>
          </section>,
        ),
      )
      const drawn = holder.firstElementChild?.cloneNode(true)
      root.unmount()
      if (drawn instanceof Element) pages.push(drawn)
    }
  printPages(pages, 'A4', 'yz-res-print')
}
