// 单位查重: type a name before registering it, or look through the whole register.
import { useQuery } from '@tanstack/react-query'
import { useClient } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { Input, Tag } from 'antd'
import { useState } from 'react'
import type { AlikeCompany, AlikePair } from '../alike-shape.ts'
import './alike.css'

const text = words({
  title: { zh: '单位查重', en: 'Duplicate companies' },
  hint: {
    zh: '登记前先查：忽略括号、空格和“有限公司”等字样后名称相近的单位会列在下面。留空则查整个登记表。',
    en: 'Before you register one: companies whose names are alike, leaving out brackets, spaces and legal forms. Empty: the whole register.',
  },
  name: { zh: '单位名称', en: 'Name of a company' },
  none: { zh: '没有名称相近的单位', en: 'No company has a name like it' },
  noneAtAll: { zh: '登记表中没有名称相近的单位', en: 'No two companies of the register have names alike' },
  alike: { zh: '相近 {percent}%', en: '{percent}% alike' },
  noCode: { zh: '未登记信用代码', en: 'No credit code on file' },
  blacklisted: { zh: '黑名单', en: 'Blacklisted' },
  more: { zh: '只列出最相近的 {count} 对', en: 'Only the {count} most alike pairs are listed' },
})
const MOST = 500

export default function AlikePage() {
  const t = useText(text)
  const client = useClient()
  const entity = useMeta().entities.find(each => each.name === 'counterparty')
  const [asked, setAsked] = useState('')
  const found = useQuery({
    queryKey: ['counterparty.find_alike', asked],
    queryFn: () =>
      client.perform<{ pairs: readonly AlikePair[] }>('counterparty.find_alike', asked === '' ? {} : { name: asked }),
  })
  const company = (one: AlikeCompany) => (
    <div className="yz-alike-one">
      {entity ? (
        <RecordLink entity={entity} id={one.id}>
          {one.name}
        </RecordLink>
      ) : (
        one.name
      )}
      <span className="yz-soft">
        {one.code} · {one.credit_code ?? t('noCode')}
      </span>
      {one.standing === 'blacklisted' && <Tag color="error">{t('blacklisted')}</Tag>}
    </div>
  )
  return (
    <>
      <PageHeader title={t('title')} {...(entity ? { under: entity } : {})} />
      <div className="yz-alike">
        <p className="yz-soft">{t('hint')}</p>
        <Input.Search
          aria-label={t('name')}
          placeholder={t('name')}
          allowClear
          enterButton
          loading={found.isFetching}
          onSearch={value => setAsked(value.trim())}
        />
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : !found.data ? (
          <Waiting />
        ) : found.data.pairs.length === 0 ? (
          <p role="status">{asked === '' ? t('noneAtAll') : t('none')}</p>
        ) : (
          <ul className="yz-alike-list">
            {found.data.pairs.map(({ a, b, likeness }) => (
              <li key={`${a.id} ${b?.id ?? ''}`} className="yz-widget">
                <span className="yz-alike-much">{t('alike', { percent: Math.round(likeness * 100) })}</span>
                {company(a)}
                {b && company(b)}
              </li>
            ))}
            {found.data.pairs.length >= MOST && <li className="yz-soft">{t('more', { count: MOST })}</li>}
          </ul>
        )}
      </div>
    </>
  )
}
