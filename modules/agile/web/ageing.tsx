// Work that was begun and is not done: the longest first, against how long finished work took.
import type { Spread } from '@yingzao/engines/flow'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { useState } from 'react'
import type { FlowReport } from '../report.ts'
import { round } from './chart-option.ts'
import { text } from './text.ts'

const first = 12

interface Props {
  readonly rows: FlowReport['ageing']
  readonly cycle: Spread | null
  readonly nameOf: (stage: string) => string
}

export function Ageing({ rows, cycle, nameOf }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const [all, setAll] = useState(false)
  const entity = entityOf(meta, 'work_item')
  if (rows.length === 0 || !entity) return <p className="yz-soft">{t('nothingBegun')}</p>
  const tone = (days: number) => (!cycle ? 'neutral' : days > cycle.p95 ? 'bad' : days > cycle.p85 ? 'warn' : 'neutral')
  return (
    <>
      <div className="yz-scroll-x">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('item')}</th>
              <th scope="col">{t('stage')}</th>
              <th scope="col" className="yz-right">
                {t('age')}
              </th>
              <th scope="col" className="yz-right">
                {t('longerThan')}
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? rows : rows.slice(0, first)).map(each => (
              <tr key={each.id}>
                <td>
                  {each.title === null ? (
                    '—'
                  ) : (
                    <RecordLink entity={entity} id={each.id}>
                      {each.title}
                    </RecordLink>
                  )}
                </td>
                <td>{nameOf(each.stage)}</td>
                <td className="yz-figure yz-right">
                  <span className={`yz-tag yz-tag-${tone(each.ageDays)}`}>
                    {t('days', { days: formats.number(String(round(each.ageDays)), 1) })}
                  </span>
                </td>
                <td className="yz-figure yz-right">{each.share === null ? '—' : `${Math.round(100 * each.share)}%`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!all && rows.length > first && (
        <div>
          <Button size="small" onClick={() => setAll(true)}>
            {t('moreRows', { count: rows.length - first })}
          </Button>
        </div>
      )}
    </>
  )
}
