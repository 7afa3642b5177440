// 审批流程: the flows in use; each is changed here as cards, tried with a sample, saved as a draft and published.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type Block,
  copiesOf,
  escalationPath,
  type Flow,
  type Step,
  stepsOf,
  type Who,
} from '@yingzao/engines/approval'
import type { Json } from '@yingzao/kernel/entity'
import type { Failure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useTitles } from '@yingzao/ui/data/titles'
import { Tag } from '@yingzao/ui/field/tag.tsx'
import { Failed, NotFound, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { App, Button, Segmented, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { FlowInUse, FlowsAnswer } from '../shape.ts'
import { BpmnMenu } from './bpmn-menu.tsx'
import { CardDrawer } from './card-drawer.tsx'
import { changeAt, dragTo, empty, endPath, freeName, insertAt, normal } from './edit-flow.ts'
import { type AddKind, FlowCanvas } from './flow-canvas.tsx'
import { SimulatePanel } from './simulate-panel.tsx'
import { design } from './text.ts'
import '@yingzao/ui/form/form.css'
import './approval.css'
import './flow.css'

const FlowDiagram = lazy(() => import('./flow-diagram.tsx'))

export default function Flows() {
  const t = useText(design)
  const label = useLabel()
  const meta = useMeta()
  const client = useClient()
  const [open, setOpen] = useState<string | null>(null)
  const found = useQuery<FlowsAnswer, Failure>({
    queryKey: ['yz', 'approval', 'flows'],
    queryFn: () => client.perform('approval.flows'),
    staleTime: 0,
  })
  if (!entityOf(meta, 'approval_flow')) return <NotFound />
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { flows, roles } = found.data
  const keyOf = (flow: FlowInUse) => `${flow.entity} ${flow.name}`
  const chosen = flows.find(flow => keyOf(flow) === open)
  if (chosen)
    return (
      <Designer
        key={`${keyOf(chosen)} ${chosen.draft?.id} ${chosen.published?.id}`}
        flow={chosen}
        roles={roles}
        onBack={() => setOpen(null)}
      />
    )
  return (
    <div className="yz-approval">
      <PageHeader title={t('title')} />
      <div className="yz-approval-body yz-stack">
        <p className="yz-soft">{t('intro')}</p>
        <ul className="yz-box">
          {flows.map(flow => (
            <li key={keyOf(flow)} className="yz-box-row">
              <div className="yz-grow">
                <div className="yz-box-what">
                  <strong>{label(flow.label)}</strong>
                </div>
                <div className="yz-box-about yz-faint">
                  <span>{label(flow.entityLabel)}</span>
                </div>
              </div>
              <div className="yz-box-end">
                {flow.draft && <Tag tone="warn">{t('draft')}</Tag>}
                {flow.published ? (
                  <Tag tone="good">{t('edition', { edition: flow.published.edition ?? 1 })}</Tag>
                ) : (
                  <Tag>{t('shipped')}</Tag>
                )}
                <Button onClick={() => setOpen(keyOf(flow))} aria-label={`${t('design')} ${label(flow.label)}`}>
                  {t('design')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

interface DesignerProps {
  readonly flow: FlowInUse
  readonly roles: FlowsAnswer['roles']
  readonly onBack: () => void
}

function Designer({ flow: used, roles, onBack }: DesignerProps) {
  const t = useText(design)
  const label = useLabel()
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const { modal } = App.useApp()
  const [flow, setFlow] = useState<Flow>(() => {
    const from = (used.draft ?? used.published)?.content ?? used.shipped
    return { ...from, root: normal(from.root) }
  })
  const [changed, setChanged] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [look, setLook] = useState<'cards' | 'diagram'>('cards')
  const around = { fields: used.fields, lines: used.lines, roles, money: used.money }
  const people = useTitles('user', namedIn(flow))
  const put = (next: Flow) => {
    setFlow(next)
    setChanged(true)
  }
  const change = (root: Block) => put({ ...flow, root: normal(root) })
  const role = Object.keys(roles)[0] ?? ''
  const fresh = (name: string): Step => ({
    is: 'step',
    name: freeName(flow, name),
    label: design.newStep,
    who: { role },
  })
  const add = (at: string, index: number, kind: AddKind) => {
    const made: Readonly<Record<AddKind, () => Block>> = {
      step: () => fresh('step'),
      copy: () => ({ is: 'copy', name: freeName(flow, 'copy'), label: design.newCopy, who: { role } }),
      choice: () => ({
        is: 'choice',
        cases: [{ when: 'true', label: { zh: '', en: '' }, block: empty }],
        otherwise: empty,
      }),
      parallel: () => ({
        is: 'parallel',
        of: [fresh('step'), { ...fresh('step'), name: `${freeName(flow, 'step')}_b` }],
      }),
    }
    change(insertAt(flow.root, at, index, made[kind]()))
    const card = at === '' ? `${index}` : `${at}.${index}`
    setPath(kind === 'step' || kind === 'copy' ? card : null)
  }
  const addBranch = (at: string) =>
    change(
      changeAt(flow.root, at, block =>
        block.is === 'choice'
          ? { ...block, cases: [...block.cases, { when: 'true', label: { zh: '', en: '' }, block: empty }] }
          : block.is === 'parallel'
            ? { ...block, of: [...block.of, empty] }
            : block,
      ),
    )
  /** A drawing taken in replaces the cards; its name stays the one the documents use. */
  const taken = (read: Flow) => {
    put({ ...read, name: used.name, root: normal(read.root) })
    setPath(null)
  }
  const keep = async (publish: boolean) => {
    setBusy(true)
    try {
      const door = client.entity<string>('approval_flow')
      const content: Json = JSON.parse(JSON.stringify({ ...flow, name: used.name }))
      const saved = used.draft
        ? await door.patch(used.draft.id, used.draft.version, { content })
        : await door.create({ name: used.name, entity: used.entity, content })
      if (publish) await door.run(saved.id, 'publish')
      say.good(t(publish ? 'published' : 'saved'))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
      await cache.invalidateQueries({ queryKey: ['yz', 'approval', 'flows'] })
    }
  }
  const reset = () =>
    void modal.confirm({
      title: t('reset'),
      content: t('resetNote'),
      okText: t('reset'),
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          if (used.published) await client.entity<string>('approval_flow').run(used.published.id, 'retire')
          await cache.invalidateQueries({ queryKey: ['yz', 'approval', 'flows'] })
        } catch (error) {
          say.bad(error)
        }
      },
    })
  return (
    <div className="yz-approval">
      <PageHeader
        title={`${label(used.entityLabel)} · ${label(used.label)}`}
        badges={changed ? <Tag tone="warn">{t('draft')}</Tag> : undefined}
        actions={
          <>
            <Button onClick={onBack}>{t('back')}</Button>
            <BpmnMenu flow={flow} onRead={taken} />
            {used.published && <Button onClick={reset}>{t('reset')}</Button>}
            <Button loading={busy} disabled={!changed} onClick={() => void keep(false)}>
              {t('save')}
            </Button>
            <Button type="primary" loading={busy} disabled={!changed && !used.draft} onClick={() => void keep(true)}>
              {t('publish')}
            </Button>
          </>
        }
      />
      <div className="yz-flow-page">
        <div ref={centered} className="yz-flow-board">
          <Segmented
            className="yz-flow-look"
            aria-label={t('design')}
            value={look}
            options={[
              { value: 'cards' as const, label: t('cards') },
              { value: 'diagram' as const, label: t('diagram') },
            ]}
            onChange={setLook}
          />
          {look === 'diagram' ? (
            <Suspense fallback={<Waiting />}>
              <FlowDiagram flow={flow} />
            </Suspense>
          ) : (
            <FlowCanvas
              flow={flow}
              door={{
                ...{ around, people, chosen: path, onChoose: setPath, onAdd: add, onAddBranch: addBranch },
                onAddEnd: () => {
                  put({ ...flow, copies: [...(flow.copies ?? []), { role }] })
                  setPath(endPath(flow.copies?.length ?? 0))
                },
                onAddEscalation: () => {
                  put({ ...flow, escalation: { ...fresh('over_limit'), label: design.overLimitStep } })
                  setPath(escalationPath)
                },
                onDrag: (from, to, index) => {
                  setPath(null)
                  change(dragTo(flow.root, from, to, index))
                },
              }}
            />
          )}
        </div>
        <aside className="yz-flow-side">
          <div className="yz-flow-dedup">
            <span aria-hidden="true">{t('dedup')}</span>
            <Select
              value={flow.dedup ?? 'consecutive'}
              aria-label={t('dedup')}
              options={[
                { value: 'consecutive', label: t('dedupConsecutive') },
                { value: 'first', label: t('dedupFirst') },
                { value: 'last', label: t('dedupLast') },
                { value: 'none', label: t('dedupNone') },
              ]}
              onChange={dedup => put({ ...flow, dedup })}
            />
            <span aria-hidden="true">{t('withdraw')}</span>
            <Select
              value={flow.withdraw ?? 'before_first'}
              aria-label={t('withdraw')}
              options={[
                { value: 'before_first', label: t('withdrawFirst') },
                { value: 'always', label: t('withdrawAlways') },
                { value: 'never', label: t('withdrawNever') },
              ]}
              onChange={withdraw => put({ ...flow, withdraw })}
            />
          </div>
          <SimulatePanel flow={flow} entity={used.entity} known={used.fields} amount={used.amount} />
        </aside>
      </div>
      {path !== null && (
        <CardDrawer key={path} flow={flow} path={path} around={around} onChange={put} onClose={() => setPath(null)} />
      )}
    </div>
  )
}

/** Where branches are wider than the screen, the trunk is what is seen first. */
const centered = (board: HTMLElement | null) => {
  if (board) board.scrollLeft = (board.scrollWidth - board.clientWidth) / 2
}

/** People whom cards name one by one. */
const namedIn = (flow: Flow): string[] => {
  const cards = [...stepsOf(flow.root), ...copiesOf(flow.root), ...(flow.escalation ? [flow.escalation] : [])]
  const whos: readonly Who[] = [...cards.map(each => each.who), ...(flow.copies ?? [])]
  return [...new Set(whos.flatMap(who => ('users' in who ? who.users : [])))]
}
