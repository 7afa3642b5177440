// Who changed what in the plan and when; one's own last edit can be taken back from here, also days later.
import type { RecordJson } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { useTitles } from '@yingzao/ui/data/titles'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { initials } from '@yingzao/ui/shell/person-menu.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import type { PlanLink } from './plan-link.ts'
import { text } from './text.ts'

interface Props {
  readonly plan: RecordJson
  readonly link: PlanLink
  readonly onClose: () => void
}

export default function PlanEdits({ plan, link, onClose }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const say = useSay()
  const [busy, setBusy] = useState('')
  const edits = useList('plan_edit', {
    filter: { plan: { eq: plan.id } },
    sort: ['-revision'],
    fields: ['revision', 'summary', 'undone', 'of', 'created_at', 'created_by'],
    limit: 50,
  })
  const people = useTitles(
    'user',
    edits.items.flatMap(edit => edit.created_by ?? []),
  )
  const run = async (verb: 'undo' | 'redo') => {
    setBusy(verb)
    try {
      await link.run(verb)
      edits.refetch()
      say.good(t('done'))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy('')
    }
  }
  const may = (verb: string) => plan._can.includes(verb)
  return (
    <Drawer
      open
      size={420}
      title={t('history')}
      onClose={onClose}
      footer={
        may('undo') && (
          <div className="yz-drawer-foot">
            <Button loading={busy === 'redo'} disabled={busy === 'undo'} onClick={() => void run('redo')}>
              {t('redoMine')}
            </Button>
            <Button loading={busy === 'undo'} disabled={busy === 'redo'} onClick={() => void run('undo')}>
              {t('undoMine')}
            </Button>
          </div>
        )
      }
    >
      {edits.isPending ? (
        <Waiting />
      ) : edits.items.length === 0 ? (
        <p className="yz-faint">{t('noEdits')}</p>
      ) : (
        <ol className="yz-edits">
          {edits.items.map(edit => {
            const name = (edit.created_by && people[edit.created_by]) || t('someone')
            return (
              <li key={edit.id} data-undone={edit.undone === true}>
                <span className="yz-avatar" aria-hidden="true">
                  {initials(name)}
                </span>
                <span className="yz-grow">{edit.summary || t('edited')}</span>
                <span className="yz-stack yz-edit-when">
                  <span className="yz-faint">
                    {name} · {formats.ago(edit.created_at)}
                  </span>
                  <span>
                    {edit.undone && <span className="yz-tag yz-tag-neutral">{t('undoneTag')}</span>}
                    {edit.of && <span className="yz-tag yz-tag-info">{t('reversal')}</span>}
                  </span>
                </span>
              </li>
            )
          })}
        </ol>
      )}
      {edits.hasMore && (
        <Button type="link" loading={edits.isLoadingMore} onClick={edits.loadMore}>
          {t('more')}
        </Button>
      )}
    </Drawer>
  )
}
