// 审批过程: what happened to the document, who is asked now and who will be; from here it is returned to a step before.
import { ApartmentOutlined, PaperClipOutlined } from '@ant-design/icons'
import type { EntityMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { useClient, useHistory } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import { Tag } from '@yingzao/ui/field/tag.tsx'
import { FieldValue } from '@yingzao/ui/field/value.tsx'
import { LinesDiff } from '@yingzao/ui/record/lines-diff.tsx'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { returning } from '@yingzao/ui/record/verbs'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { TrailView } from '../shape.ts'
import { AmendDialog } from './amend-dialog.tsx'
import { text } from './text.ts'
import { useAgain, useTrail } from './use-box.ts'
import '@yingzao/ui/field/drawn.css'
import './approval.css'

const DiagramDialog = lazy(() => import('./diagram-dialog.tsx'))

interface Props {
  readonly entity: EntityMeta
  readonly record: RecordJson
}

export default function TrailTab({ entity, record }: Props) {
  const t = useText(text)
  const label = useLabel()
  const client = useClient()
  const found = useTrail(entity.name, record.id, record.version)
  const past = useHistory(entity.name, record.id)
  const [returning, setReturning] = useState<string | null>(null)
  const [amending, setAmending] = useState(false)
  const [drawn, setDrawn] = useState(false)
  const trail = found.data?.trail ?? null
  const asked = trail !== null && trail.state !== 'draft'
  useEffect(() => {
    // A copy counts as read once its reader has seen the trail.
    if (asked) void client.perform('approval.seen', { document: record.id }).catch(() => {})
  }, [asked, client, record.id])
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  if (!trail) return <p className="yz-soft">{t('noFlow')}</p>
  const names = trail.mine?.fields ?? []
  // What limits warned of since it was last submitted: whoever approves reads it before he does.
  const sent = past.data?.findIndex(each => each.action === 'submit') ?? -1
  const warnings = [...new Set(past.data?.slice(0, sent + 1).flatMap(each => each.warnings ?? []))]
  return (
    <div className="yz-stack">
      {trail.state === 'draft' && <p className="yz-soft">{t('never')}</p>}
      <div className="yz-flex">
        {record._can.includes('amend') && names.length > 0 && (
          <Button onClick={() => setAmending(true)}>{t('amend')}</Button>
        )}
        <Button icon={<ApartmentOutlined aria-hidden="true" />} onClick={() => setDrawn(true)}>
          {t('diagram')}
        </Button>
      </div>
      {drawn && (
        <Suspense fallback={null}>
          <DiagramDialog entity={entity.name} document={record.id} onClose={() => setDrawn(false)} />
        </Suspense>
      )}
      {warnings.map(warning => (
        <Alert key={warning} type="warning" showIcon title={warning} />
      ))}
      <ol className="yz-trail">
        {trail.trail.map((line, at) => (
          <TrailLine key={`${line.at} ${at}`} line={line} trail={trail} entity={entity} record={record} />
        ))}
        {trail.ahead.map((step, at) => (
          <Ahead key={`${step.step} ${at}`} step={step} trail={trail} />
        ))}
      </ol>
      {trail.stop?.step != null && (
        <p className="yz-bad">{t('stopped', { step: stepName(trail, trail.stop.step, label) })}</p>
      )}
      {record._can.includes('return') && (trail.mine?.returnable.length ?? 0) > 0 && (
        <div className="yz-trail-back">
          {trail.mine?.returnable.map(step => (
            <ReturnButton key={step} trail={trail} step={step} onPress={() => setReturning(step)} />
          ))}
        </div>
      )}
      {returning !== null && (
        <ReturnDialog
          entity={entity}
          record={record}
          trail={trail}
          step={returning}
          onClose={() => setReturning(null)}
        />
      )}
      {amending && <AmendDialog entity={entity} record={record} names={names} onClose={() => setAmending(false)} />}
    </div>
  )
}

const stepName = (trail: TrailView, step: string, label: ReturnType<typeof useLabel>): string => {
  const found = trail.steps[step]
  return found ? label(found) : step
}

function ReturnButton({ trail, step, onPress }: { trail: TrailView; step: string; onPress: () => void }) {
  const t = useText(text)
  const label = useLabel()
  return <Button onClick={onPress}>{t('backTitle', { step: stepName(trail, step, label) })}</Button>
}

function useNames(trail: TrailView) {
  const t = useText(text)
  const nameOf = (user: string | null) => (user === null ? t('flowItself') : (trail.people[user] ?? '—'))
  return {
    nameOf,
    person: (user: string | null, away: string | null) =>
      away === null || user === null
        ? nameOf(user ?? away)
        : t('forPerson', { name: nameOf(user), away: nameOf(away) }),
  }
}

function TrailLine({ line, trail, entity, record }: Props & { line: TrailView['trail'][number]; trail: TrailView }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const client = useClient()
  const names = useNames(trail)
  const to = line.to.map(names.nameOf).join(t('sep'))
  const back = line.back === null ? '' : line.back === '' ? t('toStarter') : stepName(trail, line.back, label)
  const act = {
    submitted: () => t('submitted'),
    resubmitted: () => t('resubmitted'),
    approved: () => t('act_approved'),
    rejected: () => t('act_rejected'),
    returned: () => t('act_returned', { step: back }),
    transferred: () => t('transferred', { to }),
    added_before: () => t('added_before', { to }),
    added_after: () => t('added_after', { to }),
    added_beside: () => t('added_beside', { to }),
    withdrawn: () => t('act_withdrawn'),
    taken_back: () => t('taken_back'),
    copied: () => t('act_copied', { to }),
    reminded: () => t('reminded', { to }),
    skipped: () => t('act_skipped'),
    passed: () => t('act_passed'),
    edited: () => t('act_edited'),
    escalated: () => t('escalated'),
    rerouted: () => t('rerouted'),
  }[line.act]
  const tone =
    line.act === 'rejected' ? 'bad' : line.act === 'returned' ? 'warn' : line.act === 'approved' ? 'good' : ''
  return (
    <li className={`yz-trail-${tone || 'plain'}`}>
      <div className="yz-trail-head">
        <span className="yz-grow">
          <strong>{names.person(line.user, line.for)}</strong> {act?.() ?? line.act}
        </span>
        <time className="yz-faint" dateTime={line.at} title={formats.instant(line.at)}>
          {formats.ago(line.at)}
        </time>
      </div>
      {line.step !== null && <div className="yz-faint">{stepName(trail, line.step, label)}</div>}
      {line.opinion !== null && <p className="yz-prose">{line.opinion}</p>}
      {line.signature !== null && (
        <img
          className="yz-drawn-image yz-trail-sign"
          src={client.fileUrl(line.signature.id, false, { entity: entity.name, id: record.id })}
          alt={t('signatureOf', { name: names.person(line.user, line.for) })}
        />
      )}
      {line.files !== null && line.files.length > 0 && (
        <ul className="yz-trail-files">
          {line.files.map(file => (
            <li key={file.id}>
              <a
                className="yz-link"
                href={client.fileUrl(file.id, false, { entity: entity.name, id: record.id })}
                target="_blank"
                rel="noreferrer"
              >
                <PaperClipOutlined aria-hidden="true" /> {file.name}
              </a>{' '}
              <span className="yz-faint">{formats.bytes(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
      {line.diff !== null && <Diff diff={line.diff} entity={entity} record={record} />}
    </li>
  )
}

function Diff({ diff, entity, record }: Props & { diff: Readonly<Record<string, Json>> }) {
  const label = useLabel()
  const refs = useRecordRefs(entity, record)
  return (
    <dl className="yz-diff">
      {Object.entries(diff).flatMap(([name, sides]) => {
        const field = entity.fields.find(each => each.name === name)
        if (!field || !Array.isArray(sides)) return []
        if (field.kind === 'lines')
          return [
            <div key={name}>
              <dt>{label(field.label)}</dt>
              <dd>
                <LinesDiff line={field.of} before={sides[0] ?? null} after={sides[1] ?? null} />
              </dd>
            </div>,
          ]
        return [
          <div key={name}>
            <dt>{label(field.label)}</dt>
            <dd>
              <del>
                <FieldValue field={field} value={sides[0]} refs={refs} rich={false} />
              </del>
              <span aria-hidden="true" className="yz-faint">
                {' → '}
              </span>
              <ins>
                <FieldValue field={field} value={sides[1]} refs={refs} rich={false} />
              </ins>
            </dd>
          </div>,
        ]
      })}
    </dl>
  )
}

export function Ahead({
  step,
  trail,
}: {
  step: TrailView['ahead'][number]
  trail: Pick<TrailView, 'steps' | 'modes' | 'people'>
}) {
  const t = useText(text)
  const label = useLabel()
  const name = (user: string) => trail.people[user] ?? '—'
  const mode = trail.modes[step.step]
  const words = { all: 'all_mode', any: 'any_mode', order: 'order_mode' } as const
  const found = trail.steps[step.step]
  return (
    <li className={step.standing === 'open' ? 'yz-trail-now' : 'yz-trail-ahead'}>
      <div className="yz-trail-head">
        <strong className="yz-grow">{found ? label(found) : step.step}</strong>
        {step.people.length > 1 && (mode === 'all' || mode === 'any' || mode === 'order') && (
          <Tag>{t(words[mode])}</Tag>
        )}
        {step.standing === 'open' && <Tag tone="info">{t('now')}</Tag>}
        {(step.standing === 'skipped' || step.standing === 'passed') && <Tag>{t(step.standing)}</Tag>}
      </div>
      <div className="yz-soft">
        {step.people
          .map(each =>
            each.for === null ? name(each.user) : t('forPerson', { name: name(each.user), away: name(each.for) }),
          )
          .join(t('sep'))}
      </div>
    </li>
  )
}

function ReturnDialog({
  entity,
  record,
  trail,
  step,
  onClose,
}: Props & { trail: TrailView; step: string; onClose: () => void }) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const changes = useChanges(entity.name)
  const again = useAgain()
  return (
    <InputDialog
      title={t('backTitle', { step: stepName(trail, step, label) })}
      okText={t('doReturn')}
      note={null}
      fields={inputFields(returning)}
      danger={false}
      onClose={onClose}
      onSubmit={async values => {
        await changes.run(record.id, 'return', { ...values, to: step }, record.version)
        await again()
        say.good(t('wasReturned'))
        onClose()
      }}
    />
  )
}
