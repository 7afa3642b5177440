// The flow as cards, top to bottom: + between them, columns for conditions and parallel branches; cards are dragged or moved by keys.
import { PlusOutlined } from '@ant-design/icons'
import { type Block, bandOf, type Copy, child, escalationPath, type Flow, type Step } from '@yingzao/engines/approval'
import type { Label } from '@yingzao/kernel/entity'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Dropdown } from 'antd'
import { type DragEvent, useState } from 'react'
import { conditionWords } from './condition-words.ts'
import { endPath, isUnnamed } from './edit-flow.ts'
import type { Surroundings } from './step-form.ts'
import { design } from './text.ts'

export type AddKind = 'step' | 'copy' | 'choice' | 'parallel'
export interface CanvasDoor {
  readonly around: Surroundings
  readonly people: Readonly<Record<string, string>>
  readonly chosen: string | null
  readonly onChoose: (path: string) => void
  readonly onAdd: (path: string, index: number, kind: AddKind) => void
  readonly onAddBranch: (path: string) => void
  readonly onAddEnd: () => void
  readonly onAddEscalation: () => void
  readonly onDrag: (from: string, path: string, index: number) => void
}

export function FlowCanvas({ flow, door }: { flow: Flow; door: CanvasDoor }) {
  const t = useText(design)
  return (
    <div className="yz-flow">
      <div className="yz-flow-end">{t('start')}</div>
      <Lane block={flow.root} path="" door={door} />
      <div className="yz-flow-end">{t('end')}</div>
      <div className="yz-flow-after">
        {(flow.copies ?? []).map((who, index) => (
          <Card
            key={index}
            block={{ is: 'copy', name: endPath(index), label: design.copyAtEnd, who }}
            path={endPath(index)}
            door={door}
            fixed
          />
        ))}
        <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={door.onAddEnd}>
          {t('addEnd')}
        </Button>
      </div>
      <section className="yz-flow-beside" aria-label={t('overLimit')}>
        <span className="yz-soft">{t('overLimit')}</span>
        {flow.escalation ? (
          <Card block={flow.escalation} path={escalationPath} door={door} fixed />
        ) : (
          <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={door.onAddEscalation}>
            {t('addEscalation')}
          </Button>
        )}
      </section>
    </div>
  )
}

function Lane({ block, path, door }: { block: Block; path: string; door: CanvasDoor }) {
  const of = block.is === 'sequence' ? block.of : [block]
  return (
    <div className="yz-flow-lane">
      <Plus path={path} index={0} door={door} />
      {of.map((each, index) => {
        const at = child(path, index)
        return (
          <div key={each.is === 'step' || each.is === 'copy' ? each.name : at} className="yz-flow-item">
            {each.is === 'step' || each.is === 'copy' ? (
              <Card block={each} path={at} door={door} />
            ) : (
              <Fork block={each} path={at} door={door} />
            )}
            <Plus path={path} index={index + 1} door={door} />
          </div>
        )
      })}
    </div>
  )
}

const dragType = 'application/x-yingzao-card'

function Plus({ path, index, door }: { path: string; index: number; door: CanvasDoor }) {
  const t = useText(design)
  const [over, setOver] = useState(false)
  const kinds: readonly [AddKind, string][] = [
    ['step', t('addStep')],
    ['copy', t('addCopy')],
    ['choice', t('addChoice')],
    ['parallel', t('addParallel')],
  ]
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const from = event.dataTransfer.getData(dragType)
    if (from !== '') door.onDrag(from, path, index)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the card's settings move it by buttons
    <div
      className={over ? 'yz-flow-plus yz-over' : 'yz-flow-plus'}
      onDragOver={event => {
        if (!event.dataTransfer.types.includes(dragType)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Dropdown
        trigger={['click']}
        menu={{
          items: kinds.map(([key, label]) => ({ key, label })),
          onClick: ({ key }) => {
            const kind = kinds.find(([each]) => each === key)?.[0]
            if (kind) door.onAdd(path, index, kind)
          },
        }}
      >
        <Button shape="circle" size="small" icon={<PlusOutlined aria-hidden="true" />} aria-label={t('add')} />
      </Dropdown>
    </div>
  )
}

/** `fixed`: it stands beside the tree and is not dragged. */
function Card({
  block,
  path,
  door,
  fixed = false,
}: {
  block: Step | Copy
  path: string
  door: CanvasDoor
  fixed?: boolean
}) {
  const t = useText(design)
  const label = useLabel()
  const who = useWho(door)
  const modes = { any: t('any'), all: t('all'), order: t('order') }
  const missing = isUnnamed(block.who)
  return (
    <button
      type="button"
      draggable={!fixed}
      className={`yz-flow-card yz-flow-${block.is}${door.chosen === path ? ' yz-chosen' : ''}${missing ? ' yz-flow-missing' : ''}`}
      aria-pressed={door.chosen === path}
      onDragStart={event => {
        event.dataTransfer.setData(dragType, path)
        event.dataTransfer.effectAllowed = 'move'
      }}
      onClick={() => door.onChoose(path)}
    >
      <span className="yz-flow-name">{label(block.label) || t('none')}</span>
      <span className="yz-flow-who">{missing ? t('nobodyYet') : who(block)}</span>
      {block.is === 'step' && (block.timeout || block.sign || block.must) && (
        <span className="yz-flow-who">
          {[
            ...(block.timeout
              ? [t('dueIn', { hours: block.timeout.hours, next: t(nextWords[block.timeout.next]) })]
              : []),
            ...(block.sign ? [t('signShort')] : []),
            ...(block.must ? [t('mustShort')] : []),
          ].join(' · ')}
        </span>
      )}
      {block.is === 'step' && block.mode !== undefined && (
        <span className="yz-flow-who">
          {modes[block.mode]}
          {block.percent !== undefined && <span className="yz-figure"> {block.percent}%</span>}
        </span>
      )}
    </button>
  )
}

const nextWords = {
  remind: 'nextRemind',
  superior: 'nextSuperior',
  approve: 'nextApprove',
  reject: 'nextReject',
} as const

function useWho({ around, people }: CanvasDoor) {
  const t = useText(design)
  const label = useLabel()
  const named = (found: Label | undefined, name: string) => (found ? label(found) : name || t('none'))
  return ({ who }: Step | Copy): string => {
    if ('role' in who) return named(around.roles[who.role], who.role)
    if ('field' in who) return named(around.fields.find(each => each.name === who.field)?.label, who.field)
    if ('power' in who) return t('byPower')
    if ('leader' in who) return t('leaderLevel', { level: who.leader })
    if ('leaders' in who)
      return who.upTo === undefined
        ? t('leadersUpTo', { level: who.leaders })
        : t('leadersUpToRole', { role: named(around.roles[who.upTo], who.upTo) })
    const names = who.users.flatMap(user => people[user] ?? [])
    return names.length > 0 && names.length <= 3
      ? names.join(' ')
      : who.users.length > 0
        ? t('people', { count: who.users.length })
        : t('none')
  }
}

function Fork({ block, path, door }: { block: Exclude<Block, Step | Copy>; path: string; door: CanvasDoor }) {
  const t = useText(design)
  const branches = block.is === 'choice' ? [...block.cases.map(each => each.block), block.otherwise] : block.of
  return (
    <div className="yz-flow-fork">
      <Button size="small" onClick={() => door.onAddBranch(path)}>
        {t(block.is === 'choice' ? 'addCase' : 'addBranch')}
      </Button>
      <div className="yz-flow-branches">
        {branches.map((each, index) => {
          const at = child(path, index)
          return (
            <div key={at} className="yz-flow-branch">
              <button
                type="button"
                className={door.chosen === at ? 'yz-flow-head yz-chosen' : 'yz-flow-head'}
                aria-pressed={door.chosen === at}
                onClick={() => door.onChoose(at)}
              >
                <BranchHead block={block} index={index} door={door} />
              </button>
              <Lane block={each} path={at} door={door} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function BranchHead({ block, index, door }: { block: Exclude<Block, Step | Copy>; index: number; door: CanvasDoor }) {
  const t = useText(design)
  const label = useLabel()
  if (block.is !== 'choice') return <span className="yz-flow-name">{t('branch', { at: index + 1 })}</span>
  const found = block.cases[index]
  if (!found) return <span className="yz-flow-name">{t('otherwise')}</span>
  const band = bandOf(found.when)
  const field = band && door.around.fields.find(each => each.name === band.field)
  const words = band
    ? `${band.from === null ? '' : `${band.from} ≤ `}${field ? label(field.label) : band.field}${band.to === null ? '' : ` < ${band.to}`}`
    : conditionWords(found.when, door.around.fields, label)
  return (
    <>
      <span className="yz-flow-name">{(found.label && label(found.label)) || t('condition', { at: index + 1 })}</span>
      <span className="yz-flow-who">{words}</span>
    </>
  )
}
