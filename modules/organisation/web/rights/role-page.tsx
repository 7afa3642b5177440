// The page of a role: its rights, who holds it, and the role itself as a record with its history.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useRecord } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { RecordPage } from '@yingzao/ui/record/record-page.tsx'
import { Tabs } from '@yingzao/ui/record/tabs.tsx'
import { ModuleLink } from '@yingzao/ui/shell/module-pages.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { lazy, Suspense } from 'react'
import { Holders } from './holders.tsx'
import { RoleRights } from './role-rights.tsx'
import { text } from './text.ts'
import { useOverview } from './use-rights.ts'
import { useRightsWords } from './words.ts'
import '@yingzao/ui/record/record.css'
import './rights.css'

const Record = lazy(async () => ({ default: RecordPage }))

export default function RolePage({ entity, id }: { entity: EntityMeta; id: string }) {
  const meta = useMeta()
  const grant = entityOf(meta, 'grant')
  const role = useRecord(entity.name, id)
  // Members may read what roles there are; what they give is the administrator's to see.
  if (!grant) return <RecordPage entity={entity} id={id} />
  if (role.error) return <Failed error={role.error} retry={() => void role.refetch()} />
  return role.data ? <Shown entity={entity} grant={grant} role={role.data} /> : <Waiting />
}

function Shown({ entity, grant, role }: { entity: EntityMeta; grant: EntityMeta; role: RecordJson }) {
  const t = useText(text)
  const words = useRightsWords()
  const overview = useOverview()
  const code = String(role.code)
  const about = overview.data?.roles.find(each => each.id === role.id)
  if (overview.error) return <Failed error={overview.error} retry={() => void overview.refetch()} />
  if (!overview.data) return <Waiting />
  const known = overview.data
  return (
    <div className="yz-role">
      <PageHeader
        title={words.role(code)}
        badges={
          <>
            <span className="yz-faint yz-code">{code}</span>
            {role.shipped !== true && <span className="yz-tag yz-tag-neutral">{t('ownRole')}</span>}
            {about && code !== 'member' && <span className="yz-faint">{t('peopleNow', { count: about.people })}</span>}
          </>
        }
        actions={
          <ModuleLink module="organisation" page="rights">
            {t('back')}
          </ModuleLink>
        }
      />
      <div className="yz-role-body">
        <Tabs
          label={words.role(code)}
          items={[
            {
              key: 'matrix',
              label: t('matrix'),
              content: () => <RoleRights grant={grant} role={role} overview={known} />,
            },
            { key: 'holders', label: t('holders'), content: () => <Holders role={role} /> },
            {
              key: 'record',
              label: t('record'),
              content: () => (
                <Suspense fallback={<Waiting />}>
                  <Record entity={entity} id={role.id} />
                </Suspense>
              ),
            },
          ]}
        />
      </div>
    </div>
  )
}
