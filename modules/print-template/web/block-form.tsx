// The settings of one block of a form.
import type { EntityMeta, FieldMeta } from '@yingzao/kernel/entity'
import type { PrintBlock } from '@yingzao/platform/client/print'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { allFields } from '@yingzao/ui/field/system'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox, Input, InputNumber, Segmented, Select } from 'antd'
import type { ReactNode } from 'react'
import { changedAt } from './edit-list.ts'
import { OrderedRows } from './ordered.tsx'
import { text } from './text.ts'

interface Props<B extends PrintBlock = PrintBlock> {
  readonly entity: EntityMeta
  readonly block: B
  readonly onChange: (block: PrintBlock) => void
}
type Of<K extends PrintBlock['is']> = Props<Extract<PrintBlock, { is: K }>>

/** Fields that have something to print. */
export const printable = (entity: EntityMeta): readonly FieldMeta[] =>
  allFields(entity).filter(field => field.kind !== 'lines' && field.kind !== 'json')

export function BlockForm({ block, ...props }: Props): ReactNode {
  switch (block.is) {
    case 'fields':
      return <Fields block={block} {...props} />
    case 'lines':
      return <Lines block={block} {...props} />
    case 'words':
      return <Words block={block} {...props} />
    case 'text':
      return <Text block={block} {...props} />
    case 'signatures':
      return <Signatures block={block} {...props} />
    case 'trail':
    case 'attachments':
      return <Title value={block.title} onChange={title => props.onChange({ ...block, title })} />
    case 'page':
      return null
  }
}

/** A labelled control, one below the other. */
export const Row = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
  <label className="yz-print-row">
    <span>{label}</span>
    {children}
  </label>
)

function Title({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useText(text)
  return (
    <Row label={t('blockTitle')}>
      <Input value={value} maxLength={200} onChange={event => onChange(event.target.value)} />
    </Row>
  )
}

interface AddProps {
  readonly fields: readonly FieldMeta[]
  readonly taken: readonly string[]
  readonly label: string
  readonly onAdd: (name: string) => void
}
function AddField({ fields, taken, label: words, onAdd }: AddProps) {
  const label = useLabel()
  const free = fields.filter(field => !taken.includes(field.name))
  if (free.length === 0) return null
  return (
    <Select
      aria-label={words}
      placeholder={words}
      value={null}
      showSearch={{ optionFilterProp: 'label' }}
      options={free.map(field => ({ value: field.name, label: label(field.label) }))}
      onChange={name => name && onAdd(name)}
    />
  )
}

function Fields({ entity, block, onChange }: Of<'fields'>) {
  const t = useText(text)
  const label = useLabel()
  const all = printable(entity)
  const nameOf = ({ name }: { name: string }) => {
    const field = all.find(each => each.name === name)
    return field ? label(field.label) : name
  }
  const set = (fields: typeof block.fields) => onChange({ ...block, fields })
  return (
    <>
      <Title value={block.title} onChange={title => onChange({ ...block, title })} />
      <Row label={t('columns')}>
        <Segmented<1 | 2 | 3>
          value={block.columns}
          options={[1, 2, 3]}
          onChange={columns => onChange({ ...block, columns })}
        />
      </Row>
      <OrderedRows list={block.fields} nameOf={nameOf} keyOf={({ name }) => name} onChange={set}>
        {(field, at) => (
          <>
            <span className="yz-grow yz-clip">{nameOf(field)}</span>
            <Checkbox
              checked={field.wide ?? false}
              onChange={event => set(changedAt(block.fields, at, { name: field.name, wide: event.target.checked }))}
            >
              {t('wide')}
            </Checkbox>
          </>
        )}
      </OrderedRows>
      <AddField
        fields={all}
        taken={block.fields.map(field => field.name)}
        label={t('addField')}
        onAdd={name => set([...block.fields, { name }])}
      />
    </>
  )
}

function Lines({ entity, block, onChange }: Of<'lines'>) {
  const t = useText(text)
  const label = useLabel()
  const meta = useMeta()
  const field = entity.fields.find(each => each.name === block.field)
  const line = field?.kind === 'lines' ? entityOf(meta, field.of) : undefined
  const all = line ? printable(line) : []
  const nameOf = ({ name }: { name: string }) => {
    const column = all.find(each => each.name === name)
    return column ? label(column.label) : name
  }
  const set = (columns: typeof block.columns) => onChange({ ...block, columns })
  return (
    <>
      <Title value={block.title} onChange={title => onChange({ ...block, title })} />
      <OrderedRows list={block.columns} nameOf={nameOf} keyOf={({ name }) => name} onChange={set}>
        {(column, at) => (
          <>
            <span className="yz-grow yz-clip">{nameOf(column)}</span>
            <InputNumber
              className="yz-print-width"
              aria-label={t('of', { act: t('width'), name: nameOf(column) })}
              placeholder={t('auto')}
              min={1}
              max={1000}
              value={column.share ?? null}
              onChange={share => set(changedAt(block.columns, at, { name: column.name, ...(share ? { share } : {}) }))}
            />
          </>
        )}
      </OrderedRows>
      <AddField
        fields={all}
        taken={block.columns.map(column => column.name)}
        label={t('addColumn')}
        onAdd={name => set([...block.columns, { name }])}
      />
      <Checkbox checked={block.totals} onChange={event => onChange({ ...block, totals: event.target.checked })}>
        {t('totals')}
      </Checkbox>
    </>
  )
}

function Words({ entity, block, onChange }: Of<'words'>) {
  const t = useText(text)
  const label = useLabel()
  const money = entity.fields.filter(field => field.kind === 'money')
  return (
    <Select
      aria-label={t('words')}
      value={block.field}
      options={money.map(field => ({ value: field.name, label: label(field.label) }))}
      onChange={field => onChange({ ...block, field })}
    />
  )
}

function Text({ block, onChange }: Of<'text'>) {
  const t = useText(text)
  return (
    <>
      <Input.TextArea
        aria-label={t('text')}
        value={block.text}
        autoSize={{ minRows: 2, maxRows: 8 }}
        maxLength={4000}
        onChange={event => onChange({ ...block, text: event.target.value })}
      />
      <p className="yz-faint">{t('placeholders', { example: '{title}' })}</p>
      <Row label={t('align')}>
        <Segmented<'left' | 'center' | 'right'>
          value={block.align}
          options={(['left', 'center', 'right'] as const).map(value => ({ value, label: t(value) }))}
          onChange={align => onChange({ ...block, align })}
        />
      </Row>
      <Row label={t('size')}>
        <Segmented<'small' | 'normal' | 'large'>
          value={block.size}
          options={(['small', 'normal', 'large'] as const).map(value => ({ value, label: t(value) }))}
          onChange={size => onChange({ ...block, size })}
        />
      </Row>
    </>
  )
}

function Signatures({ block, onChange }: Of<'signatures'>) {
  const t = useText(text)
  const set = (boxes: typeof block.boxes) => onChange({ ...block, boxes })
  return (
    <>
      <OrderedRows list={block.boxes} nameOf={({ label }) => label} keyOf={(_, at) => String(at)} onChange={set}>
        {(box, at) => (
          <>
            <Input
              aria-label={t('boxLabel')}
              value={box.label}
              maxLength={60}
              onChange={event => set(changedAt(block.boxes, at, { ...box, label: event.target.value }))}
            />
            <Input
              aria-label={t('boxName')}
              placeholder={t('boxName')}
              value={box.name}
              maxLength={60}
              onChange={event => set(changedAt(block.boxes, at, { ...box, name: event.target.value }))}
            />
            <Input
              aria-label={t('boxStep')}
              placeholder={t('boxStep')}
              value={box.step ?? ''}
              maxLength={60}
              onChange={event => set(changedAt(block.boxes, at, { ...box, step: event.target.value }))}
            />
          </>
        )}
      </OrderedRows>
      <p className="yz-faint">{t('boxSays', { start: 'start' })}</p>
      <Button onClick={() => set([...block.boxes, { label: '', name: '' }])}>{t('addBox')}</Button>
    </>
  )
}
