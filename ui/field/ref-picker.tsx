// Picks records by name: asks the server while typing, never loads them all, and can create what is missing.
import { PlusOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { EntityMeta, Json, Query } from '@yingzao/kernel/entity'
import { keys, useClient } from '@yingzao/platform/client/react'
import { Button, Divider, Select } from 'antd'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { entityOf, targetOf, titleOf, useMeta } from '../data/meta.ts'
import { useTitles } from '../data/titles.ts'
import { useLabel, useText } from '../text/language.tsx'
import type { EditorProps } from './editor-props.ts'
import { text } from './text.ts'
import { listOf } from './value.tsx'
import { whileLate } from './while-late.ts'

const CreateDialog = lazy(() => import('../form/create-dialog.tsx'))

const size = 30

/** The condition a reference declares, the kind of unit it asks for, and what must be the same as in the record itself. */
function narrowed({ field, record }: EditorProps): Pick<Query, 'where' | 'filter'> {
  const where = 'where' in field && field.where ? { where: field.where } : {}
  const filter = field.kind === 'org_unit' && field.type ? { filter: { type: { eq: field.type } } } : {}
  const same = 'same' in field && field.same ? field.same : undefined
  const own = same === undefined ? undefined : record?.[same]
  return { ...where, ...filter, ...(same && typeof own === 'string' && { filter: { [same]: { eq: own } } }) }
}

/** A line under the name that tells namesakes apart: the first short text besides the title. */
const second = (entity: EntityMeta) =>
  entity.fields.find(
    field =>
      field.name !== entity.title &&
      (field.kind === 'serial' || field.unique || field.name === 'code' || field.name === 'login'),
  )

export function RefPicker(props: EditorProps) {
  const { field, value, onChange, refs = {} } = props
  const target = targetOf(field) ?? ''
  const meta = useMeta()
  const client = useClient()
  const entity = entityOf(meta, target)
  const t = useText(text)
  const label = useLabel()
  const [open, setOpen] = useState(props.cell ?? false)
  const [typed, setTyped] = useState(props.typed ?? '')
  const [creating, setCreating] = useState(false)
  const search = useDeferredValue(typed.trim())
  const many = field.kind === 'multi_ref'
  const chosen = many ? listOf(value).map(String) : value ? [String(value)] : []
  const extra = entity ? second(entity) : undefined

  const found = useQuery({
    queryKey: [...keys.lists(target), 'pick', search, narrowed(props)],
    queryFn: ({ signal }) =>
      client.entity(target).list(
        {
          ...narrowed(props),
          ...(search ? { search } : {}),
          fields: [...new Set([entity?.title ?? 'id', ...(extra ? [extra.name] : [])])],
          limit: size,
        },
        signal,
      ),
    enabled: open && entity !== undefined,
    placeholderData: keepPreviousData,
  })
  const known = useTitles(
    target,
    chosen.filter(id => refs[target]?.[id] === undefined),
  )
  if (!entity) return null

  const titles: Record<string, string> = { ...known, ...refs[target] }
  const late = found.isPlaceholderData || search !== typed.trim()
  const options = whileLate(
    late,
    typed,
    (found.data?.items ?? []).map(item => {
      titles[item.id] = titleOf(entity, item, found.data?.refs)
      const more = extra ? item[extra.name] : null
      return {
        value: item.id,
        label: titleOf(entity, item, found.data?.refs),
        more: typeof more === 'string' ? more : '',
      }
    }),
  )
  // What is chosen must show its name even when it is not among the found.
  const shownOptions = [
    ...chosen
      .filter(id => !options.some(option => option.value === id))
      .map(id => ({ value: id, label: titles[id] ?? '…', more: '' })),
    ...(open ? options : []),
  ]
  const mayCreate = props.create && entity.can.includes('create') && !entity.internal

  const shared = {
    ...(props.id ? { id: props.id } : {}),
    ...(props.label ? { 'aria-label': props.label } : {}),
    className: 'yz-fill',
    disabled: props.disabled ?? false,
    autoFocus: props.autoFocus ?? false,
    open,
    onOpenChange: setOpen,
    allowClear: !field.required,
    variant: props.cell ? ('borderless' as const) : ('outlined' as const),
    ...(props.invalid ? { status: 'error' as const, 'aria-invalid': true } : {}),
    ...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
    placeholder: props.cell ? undefined : t('search'),
    loading: found.isFetching,
    options: shownOptions,
    showSearch: { filterOption: false as const, searchValue: typed, onSearch: setTyped },
    popupMatchSelectWidth: false,
    classNames: { popup: { root: 'yz-picker' } },
    notFoundContent: late || found.isFetching ? t('searching') : t('nothingFound'),
    optionRender: (option: { label?: React.ReactNode; data: { more: string } }) => (
      <span className="yz-option">
        <span className="yz-clip">{option.label}</span>
        {option.data.more && <span className="yz-faint yz-figure">{option.data.more}</span>}
      </span>
    ),
    popupRender: (menu: React.ReactElement) => (
      <>
        {menu}
        {found.data?.next && <div className="yz-option-note">{t('moreTyping')}</div>}
        {mayCreate && (
          <>
            <Divider className="yz-thin" />
            <Button
              type="text"
              block
              icon={<PlusOutlined aria-hidden="true" />}
              className="yz-option-create"
              onClick={() => {
                setOpen(false)
                setCreating(true)
              }}
            >
              {typed.trim() ? t('createNew', { name: typed.trim() }) : t('createOne', { name: label(entity.label) })}
            </Button>
          </>
        )}
      </>
    ),
  }
  const pick = (next: Json) => {
    setTyped('')
    onChange(next)
  }
  return (
    <>
      {many ? (
        <Select<string[], (typeof shownOptions)[number]>
          {...shared}
          mode="multiple"
          value={chosen}
          onChange={next => pick(next)}
        />
      ) : (
        <Select<string, (typeof shownOptions)[number]>
          {...shared}
          value={chosen[0] ?? null}
          onChange={next => pick(next ?? null)}
        />
      )}
      {creating && (
        <Suspense fallback={null}>
          <CreateDialog
            entity={target}
            start={typed.trim() ? { [entity.title]: typed.trim() } : {}}
            onClose={made => {
              setCreating(false)
              if (made) pick(many ? [...chosen, made.id] : made.id)
            }}
          />
        </Suspense>
      )}
    </>
  )
}
