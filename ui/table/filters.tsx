// The filter builder: one line per condition, each with the comparisons its field understands.
import { CloseOutlined, FilterOutlined, PlusOutlined } from '@ant-design/icons'
import type { EntityMeta, FieldMeta, Filter, Json } from '@yingzao/kernel/entity'
import { Button, Popover, Select } from 'antd'
import { useState } from 'react'
import { FieldEditor } from '../field/editor.tsx'
import { allFields, anyField } from '../field/system.ts'
import { useLabel, useText } from '../text/language.tsx'
import type { Filters } from './list-search.ts'
import { filterOf, type OperatorName, operatorsOf, readOperator } from './operators.ts'
import { text } from './text.ts'

interface Line {
  readonly key: number
  readonly field: FieldMeta
  readonly operator: OperatorName
  readonly value?: Json | undefined
  readonly second?: Json | undefined
}

/** Fields as the filter's value is entered: several where one is stored. */
function valueField(field: FieldMeta, many: boolean): FieldMeta {
  const { name, label, sortable } = field
  const base = { name, label, sortable, right: 'edit' as const }
  if (many && field.kind === 'choice') return { ...base, kind: 'multi_choice', options: field.options }
  if (many && field.kind === 'ref') return { ...base, kind: 'multi_ref', to: field.to }
  if (many && (field.kind === 'user' || field.kind === 'org_unit'))
    return { ...base, kind: 'multi_ref', to: field.kind }
  if (field.kind === 'long_text' || field.kind === 'serial' || field.kind === 'secret') return { ...base, kind: 'text' }
  return { ...field, required: false }
}

let counter = 0
const lineOf = (field: FieldMeta, filter?: Filter): Line => {
  const read = filter ? readOperator(filter) : undefined
  return {
    key: ++counter,
    field,
    operator: read?.operator ?? operatorsOf(field)[0]?.name ?? 'filled',
    value: read?.value,
    second: read?.second,
  }
}

export function FilterButton({
  entity,
  filter,
  onChange,
}: {
  entity: EntityMeta
  filter: Filters
  onChange: (filter: Filters) => void
}) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  const count = Object.keys(filter).length
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomLeft"
      destroyOnHidden
      content={<Builder entity={entity} filter={filter} onChange={onChange} />}
    >
      <Button
        icon={<FilterOutlined aria-hidden="true" />}
        aria-expanded={open}
        type={count ? 'primary' : 'default'}
        ghost={count > 0}
      >
        {t('filter')}
        {count > 0 && ` ${count}`}
      </Button>
    </Popover>
  )
}

function Builder({
  entity,
  filter,
  onChange,
}: {
  entity: EntityMeta
  filter: Filters
  onChange: (filter: Filters) => void
}) {
  const t = useText(text)
  const label = useLabel()
  const fields = allFields(entity).filter(field => operatorsOf(field).length > 0 && field.right !== 'masked')
  const [lines, setLines] = useState<readonly Line[]>(() => {
    const kept = Object.entries(filter).flatMap(([name, each]) => {
      const field = anyField(entity, name)
      return field ? [lineOf(field, each)] : []
    })
    const first = fields.find(field => field.name === entity.title) ?? fields[0]
    return kept.length || !first ? kept : [lineOf(first)]
  })
  const change = (next: readonly Line[]) => {
    setLines(next)
    const made: Record<string, Filter> = {}
    for (const line of next) {
      const each = filterOf(line.operator, line.value, line.second)
      if (each) made[line.field.name] = { ...made[line.field.name], ...each }
    }
    if (JSON.stringify(made) !== JSON.stringify(filter)) onChange(made)
  }
  const set = (key: number, part: Partial<Line>) =>
    change(lines.map(line => (line.key === key ? { ...line, ...part } : line)))
  const free = fields.find(field => !lines.some(line => line.field.name === field.name))
  const options = fields.map(field => ({
    value: field.name,
    label: label(field.label),
    search: `${field.label.zh} ${field.label.en}`.toLowerCase(),
  }))
  return (
    <div className="yz-filters">
      <div className="yz-faint">{t('allOf')}</div>
      {lines.map(line => {
        const operators = operatorsOf(line.field)
        const operator = operators.find(each => each.name === line.operator) ?? operators[0]
        const many = operator?.wants === 'many'
        const name = label(line.field.label)
        return (
          <div key={line.key} className="yz-filter">
            <Select
              aria-label={t('field')}
              value={line.field.name}
              options={options}
              popupMatchSelectWidth={false}
              showSearch={{
                filterOption: (typed: string, option?: (typeof options)[number]) =>
                  option?.search.includes(typed.toLowerCase()) ?? false,
              }}
              onChange={chosen => {
                const field = anyField(entity, chosen)
                if (field) set(line.key, { ...lineOf(field), key: line.key, value: undefined, second: undefined })
              }}
            />
            <Select
              aria-label={t('operator')}
              value={operator?.name ?? 'filled'}
              options={operators.map(each => ({ value: each.name, label: t(each.word) }))}
              popupMatchSelectWidth={false}
              onChange={chosen => set(line.key, { operator: chosen, value: undefined, second: undefined })}
            />
            <div className="yz-filter-value">
              {operator && operator.wants !== 'none' && (
                <FieldEditor
                  // The editor keeps what is being typed; another comparison starts afresh.
                  key={`${line.field.name} ${operator.name}`}
                  id={`filter-${line.key}`}
                  field={valueField(line.field, many)}
                  value={line.value}
                  onChange={value => set(line.key, { value })}
                  label={`${name} ${t(operator.word)}`}
                />
              )}
              {operator?.wants === 'two' && (
                <>
                  <span className="yz-faint">{t('and')}</span>
                  <FieldEditor
                    key={`${line.field.name} second`}
                    id={`filter-${line.key}-second`}
                    field={valueField(line.field, false)}
                    value={line.second}
                    onChange={second => set(line.key, { second })}
                    label={`${name} ${t('and')}`}
                  />
                </>
              )}
            </div>
            <Button
              type="text"
              icon={<CloseOutlined aria-hidden="true" />}
              aria-label={t('removeFilter')}
              onClick={() => change(lines.filter(each => each.key !== line.key))}
            />
          </div>
        )
      })}
      <div className="yz-flex">
        <Button
          type="text"
          icon={<PlusOutlined aria-hidden="true" />}
          disabled={!free}
          onClick={() => {
            if (free) setLines([...lines, lineOf(free)])
          }}
        >
          {t('addFilter')}
        </Button>
        <span className="yz-grow" />
        {lines.length > 0 && (
          <Button type="text" onClick={() => change([])}>
            {t('clearFilters')}
          </Button>
        )}
      </div>
    </div>
  )
}
