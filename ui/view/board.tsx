// A list as a board: a lane per value, cards moved by drag, keyboard or menu where the record allows it.
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, FieldMeta, Json, Query, RecordJson } from '@yingzao/kernel/entity'
import { keys, useAggregate } from '@yingzao/platform/client/react'
import { type ReactNode, useMemo, useState } from 'react'
import { useChanges } from '../data/changes.ts'
import { targetOf, titleOf } from '../data/meta.ts'
import { useSay } from '../data/say.ts'
import { useTitles } from '../data/titles.ts'
import { anyField } from '../field/system.ts'
import { useValueText } from '../field/value.tsx'
import { Failed, Waiting } from '../shell/notice.tsx'
import { addsUp, type ColumnState } from '../table/list-state.ts'
import { useText } from '../text/language.tsx'
import { type Dragged, Lane } from './lane.tsx'
import { type LaneLimit, type LaneOf, lanesOf } from './lanes.ts'
import { moveOf } from './move.ts'
import { text } from './text.ts'
import './board.css'

interface Props {
  readonly entity: EntityMeta
  readonly columns: readonly ColumnState[]
  readonly query: Query
  readonly by: FieldMeta
  readonly onCreate: ((given: Readonly<Record<string, string>>) => void) | undefined
  readonly empty: ReactNode
  /** The lanes of a page that knows them; without it those that the field and its values give. */
  readonly only?: readonly string[]
  /** By value of the lane. */
  readonly limits?: Readonly<Record<string, LaneLimit>>
}

/** So many facts fit on a card before it stops being one. */
const FACTS = 4

/** A card on its way: shown where it goes until the lists know. */
interface Coming {
  readonly record: RecordJson
  readonly to: Json
}

export default function Board({ entity, columns, query, by, onCreate, empty, only, limits }: Props) {
  const t = useText(text)
  const say = useSay()
  const cache = useQueryClient()
  const textOf = useValueText()
  const changes = useChanges(entity.name)
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const [moving, setMoving] = useState<Readonly<Record<string, Coming>>>({})

  const shown = columns.flatMap(column => anyField(entity, column.name) ?? [])
  const { filter, search, where } = query
  // What comes in and what goes out are not added together: a lane of both has no sum.
  const mixed = entity.apart !== undefined && by.name !== entity.apart && filter?.[entity.apart] === undefined
  const figure = mixed ? undefined : shown.find(addsUp)
  const sums = useAggregate(entity.name, {
    ...(filter ? { filter } : {}),
    ...(search ? { search } : {}),
    ...(where ? { where } : {}),
    by: [by.name],
    measures: [{ fn: 'count' }, ...(figure ? [{ fn: 'sum' as const, field: figure.name }] : [])],
    seen: true,
  })
  const lanes = useMemo(
    () => lanesOf(by, sums.data ?? [], filter?.[by.name] !== undefined, only),
    [by, sums.data, filter?.[by.name], only],
  )
  const target = targetOf(by) ?? ''
  const titles = useTitles(
    target,
    target ? lanes.flatMap(lane => (typeof lane.value === 'string' ? [lane.value] : [])) : [],
  )
  const nameOf = ({ value }: LaneOf) => (value === null ? t('none') : textOf(by, value, { [target]: titles }))
  const targets = lanes.map(lane => ({ lane, name: nameOf(lane) }))

  if (sums.error) return <Failed error={sums.error} retry={() => void sums.refetch()} />
  if (sums.isPending) return <Waiting />
  if (!sums.data?.length) return <>{empty}</>

  const again = () => cache.invalidateQueries({ queryKey: keys.entity(entity.name) })
  const move = async (record: RecordJson, lane: LaneOf) => {
    const step = moveOf(entity, by, record, lane.value)
    if (!step) return
    const done = t('moved', { name: titleOf(entity, record), lane: nameOf(lane) })
    setMoving(before => ({ ...before, [record.id]: { record, to: lane.value } }))
    try {
      if (step.kind === 'run') {
        await changes.run(record.id, step.verb, {}, record.version)
        say.good(done)
      } else {
        const { version } = await changes.patch(record.id, record.version, step.patch)
        say.undoable(done, () => changes.patch(record.id, version, { [by.name]: record[by.name] ?? null }))
      }
      await again()
    } catch (error) {
      say.bad(error)
      void again()
    } finally {
      setMoving(({ [record.id]: _, ...rest }) => rest)
    }
  }
  const facts = shown.filter(field => field.name !== entity.title && field.name !== by.name).slice(0, FACTS)
  return (
    <section className="yz-board" aria-label={t('board')} aria-description={t('boardKeys')}>
      {targets.map(({ lane, name }) => (
        <Lane
          key={String(lane.value)}
          entity={entity}
          query={query}
          by={by}
          lane={lane}
          name={name}
          fields={facts}
          figure={figure}
          limit={limits?.[String(lane.value)]}
          targets={targets}
          coming={Object.values(moving).flatMap(each => (each.to === lane.value ? [each.record] : []))}
          leaving={new Set(Object.keys(moving).filter(id => moving[id]?.to !== lane.value))}
          dragged={dragged}
          onDrag={setDragged}
          may={(record, to) => moveOf(entity, by, record, to.value) !== null}
          onMove={(record, to) => void move(record, to)}
          onCreate={
            onCreate && typeof lane.value === 'string' && by.right === 'edit' && !by.system && by.name !== 'stage'
              ? () => onCreate({ [by.name]: String(lane.value) })
              : undefined
          }
        />
      ))}
    </section>
  )
}
