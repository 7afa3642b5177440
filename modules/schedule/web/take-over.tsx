// 并入原计划: what a branch would change in its plan, the places that both changed, and the decision about each.
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { MergeConflict, MergeSide } from '@yingzao/engines/schedule/merge'
import type { RecordJson } from '@yingzao/kernel/entity'
import { useClient, useRecord } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Drawer, Radio } from 'antd'
import { useState } from 'react'
import { text } from './compare-text.ts'
import { conflictWords } from './conflict-words.ts'
import { requestPublication } from './plan-ask.tsx'
import { ScrollBox } from './scroll-box.tsx'
import './compare.css'
import { isFailure } from '@yingzao/platform/client'

interface Review {
  readonly revision: number
  readonly branch_revision: number
  readonly meanwhile: number
  readonly conflicts: readonly (MergeConflict & { readonly subject: string })[]
  readonly edits?: readonly PlanEdit[]
  readonly refused?: { readonly code: string; readonly values: Readonly<Record<string, string>> }
}

export default function TakeOver({ record, onClose }: { record: RecordJson; onClose: () => void }) {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const changes = useChanges('plan')
  const requests = useChanges('plan_publication')
  const takes = record._can?.includes('take_over') ?? false
  const navigate = useNavigate()
  const original = typeof record.branch_of === 'string' ? record.branch_of : ''
  const owner = useRecord('plan', original)
  const name = owner.data?.name ?? ''
  const review = useQuery({
    queryKey: ['plan-review', record.id],
    queryFn: () => client.entity('plan').read<Review>(record.id, 'review'),
    staleTime: 0,
    gcTime: 0,
  })
  const [decisions, setDecisions] = useState<Readonly<Record<string, MergeSide>>>({})
  const [busy, setBusy] = useState(false)
  const found = review.data
  const open = found?.conflicts.filter(each => !decisions[each.place]).length ?? 0
  const nothing = found?.edits?.length === 0 && found.conflicts.length === 0
  const take = async () => {
    if (!found) return
    setBusy(true)
    try {
      const { revision, branch_revision } = found
      if (takes) await changes.run(record.id, 'take_over', { revision, branch_revision, decisions })
      else
        await requestPublication(requests, {
          ...{ name: String(record.name), kind: 'take_over', plan: record.id, decisions },
        })
      say.good(t(takes ? 'doneTakeOver' : 'askedTakeOver'))
      onClose()
      await navigate({ to: '/$module/$name/$id', params: { module: 'schedule', name: 'plan', id: original } })
    } catch (error) {
      say.bad(error)
      // Somebody edited one of them meanwhile: what there is to decide is another now.
      if (isFailure(error)) void review.refetch()
    } finally {
      setBusy(false)
    }
  }
  const decideAll = (side: MergeSide) =>
    setDecisions(Object.fromEntries((found?.conflicts ?? []).map(each => [each.place, side])))
  return (
    <Drawer
      open
      size={720}
      title={t('takeOver')}
      onClose={onClose}
      footer={
        <div className="yz-drawer-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            loading={busy}
            disabled={!found || nothing || open > 0 || found.refused !== undefined}
            onClick={() => void take()}
          >
            {t(takes ? 'doTakeOver' : 'askTakeOver')}
          </Button>
        </div>
      }
    >
      {review.isPending ? (
        <Waiting />
      ) : !found ? (
        <Alert
          type="error"
          showIcon
          title={say.reason(review.error)}
          action={<Button onClick={() => void review.refetch()}>{t('again')}</Button>}
        />
      ) : (
        <div className="yz-stack">
          <p>{t('takeOverNote', { name: String(name) })}</p>
          {found.meanwhile > 0 && <p className="yz-soft">{t('meanwhile', { count: found.meanwhile })}</p>}
          {nothing && <Alert type="info" showIcon title={t('nothingNew')} />}
          {found.refused && (
            <Alert
              type="error"
              showIcon
              title={
                found.refused.code === 'schedule.cycle'
                  ? t('refusedCycle', { tasks: found.refused.values.tasks ?? '' })
                  : t('refusedOther', { reason: found.refused.values.reason ?? found.refused.code })
              }
            />
          )}
          {found.edits && found.edits.length > 0 && <p>{t('willChange', countsOf(found.edits))}</p>}
          {found.conflicts.length > 0 && (
            <Conflicts found={found} decisions={decisions} onDecide={setDecisions} onDecideAll={decideAll} />
          )}
        </div>
      )}
    </Drawer>
  )
}

/** How many tasks, links and other places the edits touch. */
function countsOf(edits: readonly PlanEdit[]) {
  const added = new Set<string>()
  const removed = new Set<string>()
  const changed = new Set<string>()
  let links = 0
  let others = 0
  for (const edit of edits) {
    if (edit.kind === 'task.add') added.add(edit.task.id)
    else if (edit.kind === 'task.remove') for (const id of edit.ids) removed.add(id)
    else if (edit.kind === 'task.set') changed.add(edit.id)
    else if (edit.kind === 'task.move') for (const id of edit.ids) changed.add(id)
    else if (edit.kind === 'link.remove') links += edit.ids.length
    else if (edit.kind === 'link.add' || edit.kind === 'link.set') links++
    else others++
  }
  // A new task that is set up further is one new task.
  for (const id of [...added, ...removed]) changed.delete(id)
  return { added: added.size, removed: removed.size, changed: changed.size, links, others }
}

interface ConflictsProps {
  readonly found: Review
  readonly decisions: Readonly<Record<string, MergeSide>>
  readonly onDecide: (next: Readonly<Record<string, MergeSide>>) => void
  readonly onDecideAll: (side: MergeSide) => void
}

function Conflicts({ found, decisions, onDecide, onDecideAll }: ConflictsProps) {
  const t = useText(text)
  const formats = useFormats()
  const { lang } = useLanguage()
  const said = conflictWords(lang, formats, t)
  return (
    <>
      <div className="yz-analysis-head">
        <h3>{t('conflicts', { count: found.conflicts.length })}</h3>
        <div className="yz-flex">
          <Button size="small" onClick={() => onDecideAll('theirs')}>
            {t('allTheirs')}
          </Button>
          <Button size="small" onClick={() => onDecideAll('mine')}>
            {t('allMine')}
          </Button>
        </div>
      </div>
      <p className="yz-soft">{t('conflictsNote')}</p>
      <ScrollBox label={t('conflicts', { count: found.conflicts.length })}>
        <table className="yz-plain-table yz-takeover-table">
          <thead>
            <tr>
              <th scope="col">{t('where')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">
                {t('inPlan')} / {t('inBranch')}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.conflicts.map(each => {
              const words = said(each)
              return (
                <tr key={each.place}>
                  <td>
                    <strong>{each.what === 'options' ? t('optionsSubject') : each.subject || t('top')}</strong>
                    <div className="yz-soft">{words.field}</div>
                  </td>
                  <td className="yz-figure">{words.base}</td>
                  <td>
                    <Radio.Group
                      aria-label={`${each.subject} ${words.field}`}
                      value={decisions[each.place] ?? null}
                      onChange={({ target }) =>
                        onDecide({ ...decisions, [each.place]: target.value === 'mine' ? 'mine' : 'theirs' })
                      }
                      options={[
                        { value: 'theirs', label: t('planHas', { value: words.theirs }) },
                        { value: 'mine', label: t('branchHas', { value: words.mine }) },
                      ]}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollBox>
    </>
  )
}
