// One item of the backlog: chosen, dragged, stepped, estimated, sent elsewhere.
import { HolderOutlined, MoreOutlined } from '@ant-design/icons'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Dropdown } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import type { BacklogItem } from './backlog.tsx'
import type { SectionProps } from './backlog-section.tsx'
import { ChoiceTag, StageTag } from './stage-tag.tsx'
import { text } from './text.ts'

interface Props extends SectionProps {
  readonly item: BacklogItem
  readonly over: boolean
  readonly onOver: () => void
}

export function BacklogRow(props: Props) {
  const { item, refs, entity, targets, sprint, busy, chosen, over, onOver, onDrag, onChoose, onStep, onTop, onMove } =
    props
  const t = useText(text)
  const may = item._can.includes('update')
  const step = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !may) return
    event.preventDefault()
    onStep(item.id, event.key === 'ArrowUp' ? -1 : 1)
  }
  const name = item.title
  const assignee = item.assignee === null ? undefined : refs.user?.[item.assignee]
  const epic = item.parent === null ? undefined : refs.work_item?.[item.parent]
  return (
    <li
      className={`yz-backlog-row${over ? ' yz-backlog-over' : ''}${busy.includes(item.id) ? ' yz-tr-busy' : ''}`}
      draggable={may}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', name)
        onDrag(chosen.has(item.id) ? [...chosen] : [item.id])
      }}
      onDragEnd={() => onDrag([])}
      onDragOver={onOver}
      onKeyDown={step}
    >
      {may ? (
        <>
          <HolderOutlined className="yz-backlog-handle" aria-hidden="true" />
          <input
            type="checkbox"
            checked={chosen.has(item.id)}
            aria-label={t('choose', { name })}
            onChange={event => onChoose(item.id, event.target.checked)}
          />
        </>
      ) : (
        <span className="yz-backlog-fixed" />
      )}
      <span className="yz-faint yz-figure yz-backlog-code">{item.code}</span>
      <span className="yz-backlog-kind">
        <ChoiceTag entity={entity} field="kind" value={item.kind} />
      </span>
      <RecordLink entity={entity} id={item.id} className="yz-link yz-backlog-title">
        {name}
      </RecordLink>
      <span className="yz-backlog-stage">
        {item.stage !== 'backlog' && <StageTag entity={entity} stage={item.stage} />}
        {item.blocked && <span className="yz-tag yz-tag-bad">{t('blocked')}</span>}
      </span>
      <span className="yz-soft yz-clip yz-backlog-epic">{epic ?? ''}</span>
      <span className="yz-soft yz-clip yz-backlog-who">{assignee ?? ''}</span>
      <Estimate {...props} may={may} />
      {may && (
        <Dropdown
          trigger={['click']}
          placement="bottomRight"
          menu={{
            items: [
              { key: 'top', label: t('toTop') },
              { key: 'up', label: t('up') },
              { key: 'down', label: t('down') },
              {
                key: 'move',
                type: 'group' as const,
                label: t('moveTo'),
                children: targets
                  .filter(each => each.key !== (sprint?.id ?? ''))
                  .map(each => ({ key: `to ${each.key}`, label: each.label })),
              },
            ],
            onClick: ({ key }) => {
              if (key === 'top') onTop(item.id)
              else if (key === 'up' || key === 'down') onStep(item.id, key === 'up' ? -1 : 1)
              else onMove(item.id, key.slice(3) || null)
            },
          }}
        >
          <Button
            type="text"
            size="small"
            icon={<MoreOutlined aria-hidden="true" />}
            aria-label={t('moveItem', { name })}
          />
        </Dropdown>
      )}
    </li>
  )
}

/** A figure until somebody touches it: a long backlog holds no hundreds of inputs. */
function Estimate({ item, may, onEstimate }: Props & { readonly may: boolean }) {
  const t = useText(text)
  const formats = useFormats()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = item.estimate === null ? '—' : formats.number(item.estimate, 1).replace(/\.0$/, '')
  const save = () => {
    const value = typed?.trim() ?? ''
    setTyped(null)
    if (value !== '' && !/^\d{1,3}(\.\d)?$/.test(value)) return
    const points = value === '' ? null : value
    if (Number(points ?? -1) !== Number(item.estimate ?? -1)) void onEstimate(item, points)
  }
  if (!may) return <span className="yz-figure yz-backlog-points">{shown}</span>
  if (typed === null)
    return (
      <button
        type="button"
        className="yz-figure yz-backlog-points"
        aria-label={t('estimateOf', { name: item.title, points: shown })}
        onClick={() => setTyped(item.estimate === null ? '' : String(Number(item.estimate)))}
      >
        {shown}
      </button>
    )
  return (
    <input
      className="yz-figure yz-backlog-points"
      inputMode="decimal"
      value={typed}
      maxLength={5}
      aria-label={t('estimateFor', { name: item.title })}
      // biome-ignore lint/a11y/noAutofocus: it stands where the button was that was just pressed.
      autoFocus
      onFocus={event => event.target.select()}
      onChange={event => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={event => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setTyped(null)
        event.stopPropagation()
      }}
    />
  )
}
