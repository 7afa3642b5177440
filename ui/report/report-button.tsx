// A page on paper or as a workbook: what it tells, made by the server with the reader's rights; it can be cancelled while it is made.
import { DownOutlined, PrinterOutlined } from '@ant-design/icons'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Dropdown } from 'antd'
import { entityOf, useMeta } from '../data/meta'
import { usePaper } from '../data/paper.ts'
import { useText } from '../text/language.tsx'
import { words } from '../text/words.ts'

const text = words({
  report: { zh: '打印导出', en: 'Print, export' },
  pdf: { zh: '打印（PDF）', en: 'Print (PDF)' },
  xlsx: { zh: '导出 Excel', en: 'Export to Excel' },
})

interface Props {
  /** The action whose answer the page shows. */
  readonly action: string
  /** As the page asks it. */
  readonly input?: object
  /** What one must be able to export, else nothing is offered. */
  readonly needs: string
}

export function ReportButton({ action, input = {}, needs }: Props) {
  const t = useText(text)
  const client = useClient()
  const paper = usePaper()
  if (!entityOf(useMeta(), needs)?.can.includes('export')) return null
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'pdf',
            label: t('pdf'),
            onClick: () => paper.open(signal => client.report(action, 'pdf', input, signal)),
          },
          {
            key: 'xlsx',
            label: t('xlsx'),
            onClick: () => paper.save(signal => client.report(action, 'xlsx', input, signal), `${action}.xlsx`),
          },
        ],
      }}
    >
      <Button className="yz-no-print" icon={<PrinterOutlined aria-hidden="true" />}>
        {t('report')} <DownOutlined aria-hidden="true" />
      </Button>
    </Dropdown>
  )
}
