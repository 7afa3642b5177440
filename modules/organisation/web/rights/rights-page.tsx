// 权限: the roles of the organisation with how many hold each and what differs from what is shipped; and what somebody may do.
import { Link } from '@tanstack/react-router'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Tabs } from '@yingzao/ui/record/tabs.tsx'
import { Failed, NotFound, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { RightsOverview } from '../../rights-shape.ts'
import { text } from './text.ts'
import { useOverview } from './use-rights.ts'
import Why from './why.tsx'
import { useRightsWords } from './words.ts'
import '@yingzao/ui/record/record.css'
import '@yingzao/ui/form/form.css'
import './rights.css'

export default function RightsPage() {
  const t = useText(text)
  const meta = useMeta()
  const overview = useOverview()
  const role = entityOf(meta, 'role')
  if (!entityOf(meta, 'grant')) return <NotFound />
  if (overview.error) return <Failed error={overview.error} retry={() => void overview.refetch()} />
  if (!overview.data) return <Waiting />
  const known = overview.data
  return (
    <div className="yz-role">
      <PageHeader
        title={t('title')}
        actions={
          role?.can.includes('create') && (
            <Link
              to="/$module/$name/$id"
              params={{ module: role.module, name: role.name, id: 'new' }}
              className="yz-button"
            >
              {t('newRole')}
            </Link>
          )
        }
      />
      <div className="yz-role-body">
        <Tabs
          label={t('title')}
          items={[
            { key: 'roles', label: t('roles'), content: () => <Roles overview={known} /> },
            { key: 'why', label: t('whyTab'), content: () => <Why /> },
          ]}
        />
      </div>
    </div>
  )
}

function Roles({ overview }: { overview: RightsOverview }) {
  const t = useText(text)
  const words = useRightsWords()
  const { roles } = useMeta()
  return (
    <div className="yz-rights-scroll">
      <table className="yz-rights-table yz-roles-table">
        <thead>
          <tr>
            <th scope="col">{t('role')}</th>
            <th scope="col" className="yz-wide-only">
              {t('heldAt')}
            </th>
            <th scope="col" className="yz-rights-figure">
              {t('people')}
            </th>
            <th scope="col" className="yz-rights-figure">
              {t('grants')}
            </th>
            <th scope="col">{t('state')}</th>
          </tr>
        </thead>
        <tbody>
          {overview.roles.map(role => (
            <tr key={role.id}>
              <th scope="row">
                <span className="yz-flex">
                  <Link
                    to="/$module/$name/$id"
                    params={{ module: 'kernel', name: 'role', id: role.id }}
                    className="yz-link"
                  >
                    {words.role(role.code)}
                  </Link>
                  <span className="yz-faint yz-code yz-wide-only">{role.code}</span>
                </span>
              </th>
              <td className="yz-wide-only">{(roles[role.code]?.at ?? []).map(at => t(at)).join(' · ')}</td>
              <td className="yz-rights-figure">{role.code === 'member' ? t('everybody') : role.people}</td>
              <td className="yz-rights-figure">{role.grants}</td>
              <td>
                <span className="yz-tags">
                  {role.offered > 0 && (
                    <span className="yz-tag yz-tag-info">{t('offeredCount', { count: role.offered })}</span>
                  )}
                  {role.changed > 0 ? (
                    <span className="yz-tag yz-tag-warn">{t('changedCount', { count: role.changed })}</span>
                  ) : (
                    <span className="yz-faint">{t('asShipped')}</span>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
