// How a spreadsheet was understood: each header with what it is and an example, the working week, the sheet. All can be put right.
import type { Choices, ColumnKey, Face, WorkingDays } from '@yingzao/formats/plan-table'
import { useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { Alert, Segmented, Select } from 'antd'

const columns: Readonly<Record<ColumnKey, { readonly zh: string; readonly en: string }>> = {
  name: { zh: '任务名称', en: 'Task name' },
  duration: { zh: '工期', en: 'Duration' },
  start: { zh: '开始日期', en: 'Start' },
  finish: { zh: '完成日期', en: 'Finish' },
  predecessors: { zh: '前置任务', en: 'Predecessors' },
  row: { zh: '序号（前置任务所指）', en: 'Row number (predecessors)' },
  code: { zh: 'WBS 编码', en: 'WBS code' },
  level: { zh: '层级', en: 'Outline level' },
  percent: { zh: '完成百分比', en: '% complete' },
  actual_start: { zh: '实际开始', en: 'Actual start' },
  actual_finish: { zh: '实际完成', en: 'Actual finish' },
  resources: { zh: '资源', en: 'Resources' },
  milestone: { zh: '里程碑', en: 'Milestone' },
  deadline: { zh: '最后期限', en: 'Deadline' },
  cost: { zh: '固定成本', en: 'Fixed cost' },
  notes: { zh: '备注', en: 'Notes' },
}

const text = words({
  title: { zh: '表格的读法', en: 'How the sheet is read' },
  detail: {
    zh: '表头已自动对应，请核对；改动后立即重新读取。没有对应的列作为任务的自定义字段保留。',
    en: 'Headers were matched; put right what is wrong and the sheet is read again at once. Other columns stay as custom fields.',
  },
  noName: { zh: '还不知道哪一列是任务名称，请在下面选择。', en: 'Say below which column holds the task names.' },
  sheet: { zh: '工作表', en: 'Sheet' },
  week: { zh: '每周工作', en: 'Working week' },
  days: { zh: '{n} 天', en: '{n} days' },
  header: { zh: '表头', en: 'Header' },
  means: { zh: '对应', en: 'Is' },
  example: { zh: '示例', en: 'Example' },
  custom: { zh: '自定义字段', en: 'Custom field' },
  columnOf: { zh: '“{header}”对应', en: '“{header}” is' },
})

interface Props {
  readonly face: Face
  readonly table: Choices
  readonly busy: boolean
  readonly onChange: (table: Choices) => void
}

export function SheetColumns({ face, table, busy, onChange }: Props) {
  const t = useText(text)
  const label = useText(columns)
  const options = [
    { value: 'custom' as const, label: t('custom') },
    ...(Object.keys(columns) as ColumnKey[]).map(value => ({ value, label: label(value) })),
  ]
  return (
    <section className="yz-section yz-stack" aria-busy={busy}>
      <h2>{t('title')}</h2>
      {face.columns.every(column => column.key !== 'name') && (
        <Alert type="warning" role="alert" showIcon title={t('noName')} />
      )}
      <p className="yz-soft">{t('detail')}</p>
      <div className="yz-sheet-choices">
        {face.sheets.length > 1 && (
          <Select
            aria-label={t('sheet')}
            value={face.sheet}
            options={face.sheets.map(value => ({ value, label: value }))}
            onChange={sheet => sheet !== null && onChange({ ...(table.week ? { week: table.week } : {}), sheet })}
          />
        )}
        <span className="yz-faint">{t('week')}</span>
        <Segmented<WorkingDays>
          aria-label={t('week')}
          value={face.week}
          options={([5, 6, 7] as const).map(value => ({ value, label: t('days', { n: value }) }))}
          onChange={week => onChange({ ...table, week })}
        />
      </div>
      <table className="yz-plain-table yz-sheet-columns">
        <thead>
          <tr>
            <th scope="col">{t('header')}</th>
            <th scope="col">{t('means')}</th>
            <th scope="col">{t('example')}</th>
          </tr>
        </thead>
        <tbody>
          {face.columns.map(({ header, key, at, example }) => (
            <tr key={at}>
              <th scope="row">{header}</th>
              <td>
                <Select<ColumnKey | 'custom'>
                  aria-label={t('columnOf', { header })}
                  value={key ?? 'custom'}
                  options={options}
                  onChange={chosen =>
                    onChange({ ...table, columns: { ...table.columns, [header]: chosen === 'custom' ? null : chosen } })
                  }
                />
              </td>
              <td className="yz-faint yz-clip yz-example" title={example}>
                {example}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
