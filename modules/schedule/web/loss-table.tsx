// What a file holds that the other side has no place for: named, counted, with an example.
import { lossLabel } from '@yingzao/formats/loss-label'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'

export interface LossRow {
  readonly code: string
  readonly path: string
  readonly count: number
  readonly example?: string
}

const text = words({
  kind: { zh: '种类', en: 'Kind' },
  path: { zh: '位置', en: 'Where' },
  count: { zh: '数量', en: 'Count' },
  example: { zh: '示例', en: 'Example' },
})
const kinds: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  field: { zh: '没有对应的字段', en: 'No such field' },
  value: { zh: '无法识别的值', en: 'Value not understood' },
  rounded: { zh: '时间取整到分钟', en: 'Rounded to the minute' },
  reference: { zh: '指向不存在的内容', en: 'Points at nothing' },
  row: { zh: '空行或已删除的行', en: 'Blank or deleted row' },
  structure: { zh: '嵌套内容', en: 'Nested part' },
  bytes: { zh: '非法字符', en: 'Illegal characters' },
  target: { zh: '目标格式无法表达', en: 'Format cannot say it' },
}

export function LossTable({ rows }: { rows: readonly LossRow[] }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="yz-scroll-box" tabIndex={0} aria-label={t('kind')}>
      <table className="yz-plain-table">
        <thead>
          <tr>
            <th scope="col">{t('kind')}</th>
            <th scope="col">{t('path')}</th>
            <th scope="col" className="yz-right">
              {t('count')}
            </th>
            <th scope="col">{t('example')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={`${row.code} ${row.path}`}>
              <td>{label(kinds[row.code] ?? { zh: row.code, en: row.code })}</td>
              <td title={row.path}>{label(lossLabel(row.path) ?? { zh: row.path, en: row.path })}</td>
              <td className="yz-figure yz-right">{formats.integer(row.count)}</td>
              <td className="yz-faint yz-clip yz-example" title={row.example}>
                {row.example}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
