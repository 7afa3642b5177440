// The board of a team: of the running sprint or of everything, mine or everybody's.
import { PlusOutlined } from '@ant-design/icons'
import { useList } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox, Select } from 'antd'
import { lazy, Suspense, useState } from 'react'
import type { BoardPartProps } from './board-page.tsx'
import { text } from './text.ts'
import { WorkBoard } from './work-board.tsx'

const CreateDialog = lazy(() => import('@yingzao/ui/form/create-dialog.tsx'))

export default function TeamBoard({ board, project }: BoardPartProps) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const [asked, setAsked] = useState<string | null>(null)
  const [mine, setMine] = useState(false)
  const [creating, setCreating] = useState(false)
  const sprints = useList('sprint', {
    filter: { project: { eq: project }, stage: { in: ['running', 'planned'] } },
    sort: ['start_on'],
    limit: 50,
  })
  const entity = entityOf(meta, 'sprint')
  if (sprints.isPending || !entity) return <Waiting />
  const running = sprints.items.find(each => each.stage === 'running')
  const chosen = asked ?? running?.id ?? ''
  const shown = sprints.items.find(each => each.id === chosen)
  const mayCreate = entityOf(meta, 'work_item')?.can.includes('create')
  return (
    <>
      <div className="yz-agile-bar" role="toolbar" aria-label={t('board')}>
        <Select
          value={chosen}
          aria-label={t('sprint')}
          popupMatchSelectWidth={false}
          options={[
            ...sprints.items.map(each => ({ value: each.id, label: each.name })),
            { value: '', label: t('allSprints') },
          ]}
          onChange={setAsked}
        />
        <Checkbox checked={mine} onChange={event => setMine(event.target.checked)}>
          {t('onlyMine')}
        </Checkbox>
        <span className="yz-grow" />
        {shown && (
          <span className="yz-soft yz-figure yz-flex">
            <span>
              {formats.date(shown.start_on)} – {formats.date(shown.finish_on)}
            </span>
            <RecordLink entity={entity} id={shown.id}>
              {t('toSprint')}
            </RecordLink>
          </span>
        )}
        {mayCreate && (
          <Button icon={<PlusOutlined aria-hidden="true" />} onClick={() => setCreating(true)}>
            {t('newItem')}
          </Button>
        )}
      </div>
      <WorkBoard
        project={project}
        board={board}
        sprint={chosen || null}
        mine={mine}
        empty={
          <div className="yz-notice">
            <h2>{t('emptyBoard')}</h2>
            <p className="yz-soft">{t('emptyBoardNext')}</p>
          </div>
        }
      />
      {creating && (
        <Suspense fallback={null}>
          <CreateDialog
            entity="work_item"
            start={{ project, ...(chosen ? { sprint: chosen } : {}) }}
            onClose={() => setCreating(false)}
          />
        </Suspense>
      )}
    </>
  )
}
