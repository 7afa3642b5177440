// 审计: the whole sealed history as one file, and how anybody can check that nobody altered it.
import { DownloadOutlined } from '@ant-design/icons'
import { useClient } from '@yingzao/platform/client/react'
import { saveAnswer } from '@yingzao/ui/data/download'
import { useSay } from '@yingzao/ui/data/say'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { Button, Typography } from 'antd'
import { useState } from 'react'
import './audit.css'

const text = words({
  title: { zh: '审计', en: 'Audit' },
  what: { zh: '导出变更记录', en: 'Export the history' },
  whatDetail: {
    zh: '每一次新建、修改、删除和业务动作都有一条变更记录：谁、何时、从哪里、改了什么。记录逐条封存成链并签名，事后任何改动都能查出。',
    en: 'Every create, change, deletion and verb leaves a row: who, when, from where, what. The rows are sealed into a signed chain, so that any later alteration shows.',
  },
  all: {
    zh: '文件包含全公司所有字段的历史值，请妥善保管。导出本身也会记入变更记录。最近几秒的修改可能尚未封存，不在文件中。',
    en: 'The file holds the past values of every field of the organisation: keep it safe. The export itself is recorded. Changes of the last seconds may not be sealed yet and are not in it.',
  },
  download: { zh: '下载审计文件', en: 'Download the audit file' },
  done: { zh: '已下载 {name}', en: '{name} is downloaded' },
  verify: { zh: '校验', en: 'Verify' },
  verifyDetail: {
    zh: '在任何装有 Node 的电脑上运行下面的命令即可，不需要服务器，也不需要数据库。没有改动时报告条数与签名；有改动时指出第一条被改、被删或被插入的记录。',
    en: 'Run this on any computer with Node; neither the server nor the database is needed. Untouched, it reports the number of rows and the signatures; otherwise it names the first row that was altered, removed or inserted.',
  },
  byHand: {
    zh: '记录很多时，可在服务器上直接导出：',
    en: 'With a very long history, export on the server itself:',
  },
})

export default function AuditPage() {
  const t = useText(text)
  const say = useSay()
  const client = useClient()
  const [busy, setBusy] = useState(false)
  const [name, setName] = useState('audit.ndjson')
  const download = async () => {
    setBusy(true)
    try {
      const answer = await client.transport.fetch('GET', '/audit/export', { headers: { accept: '*/*' } })
      const saved = await saveAnswer(answer, 'yingzao-audit.ndjson')
      setName(saved)
      say.good(t('done', { name: saved }))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="yz-audit">
        <section className="yz-widget yz-stack">
          <h2>{t('what')}</h2>
          <p>{t('whatDetail')}</p>
          <p className="yz-soft">{t('all')}</p>
          <div>
            <Button
              type="primary"
              icon={<DownloadOutlined aria-hidden="true" />}
              loading={busy}
              onClick={() => void download()}
            >
              {t('download')}
            </Button>
          </div>
        </section>
        <section className="yz-widget yz-stack">
          <h2>{t('verify')}</h2>
          <p>{t('verifyDetail')}</p>
          <Command of={`npx yingzao audit verify ${name}`} />
          <p className="yz-soft">{t('byHand')}</p>
          <Command of="npx yingzao audit export audit.ndjson" />
        </section>
      </div>
    </>
  )
}

const Command = ({ of }: { of: string }) => (
  <Typography.Text code copyable className="yz-code">
    {of}
  </Typography.Text>
)
