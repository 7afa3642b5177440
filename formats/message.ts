// What a refused plan file is told, in both languages: what it is, and the way out. One place for web, API and CLI.
import type { FormatError } from './limit.ts'

export interface Message {
  zh: string
  en: string
}

const asXml: Message = {
  zh: '请在 Microsoft Project 中打开它：文件 → 另存为 → XML 格式 (*.xml)，然后导入该 XML 文件。',
  en: 'Open it in Microsoft Project: File → Save As → XML Format (*.xml), then import that XML file.',
}
const asXer: Message = {
  zh: '请在 Primavera P6 中打开它：文件 → 导出 → Primavera PM (XER)，然后导入该 XER 文件。',
  en: 'Open it in Primavera P6: File → Export → Primavera PM (XER), then import that XER file.',
}

const join = (what: Message, next: Message): Message => ({ zh: `${what.zh}${next.zh}`, en: `${what.en} ${next.en}` })

type Values = FormatError['values']

const counted: Readonly<Record<string, string>> = {
  tasks: '任务数',
  projects: '项目数',
  exceptions: '日历例外数',
  columns: '列数',
  cells: '单元格数',
  texts: '文字数',
  parts: '部件数',
}

const messages: Readonly<Record<string, (values: Values) => Message>> = {
  'mpp.broken': () =>
    join(
      {
        zh: '这个 Microsoft Project 文件（.mpp）不完整或已损坏，读不出来。请重新获取该文件再试；',
        en: 'This Microsoft Project file (.mpp) is incomplete or damaged and cannot be read. Get the file again and retry;',
      },
      { zh: `如果 Project 还能打开它：${asXml.zh}`, en: `if Project can still open it: ${asXml.en}` },
    ),
  'mpp.password': () => ({
    zh: '这个 Microsoft Project 文件（.mpp）设有打开密码，内容是加密的。请在 Microsoft Project 中用密码打开它：文件 → 另存为 → 工具 → 常规选项，清除保护密码后保存，再导入。',
    en: 'This Microsoft Project file (.mpp) has a password to open, so what it holds is encrypted. Open it in Microsoft Project with the password: File → Save As → Tools → General Options, clear the protection password, save, and import again.',
  }),
  'mpp.version': ({ version }) =>
    join(
      {
        zh: `这是 Microsoft Project ${version} 的文件（.mpp），该版本不能直接读取。`,
        en: `This is a file (.mpp) of Microsoft Project ${version}, which cannot be read directly.`,
      },
      asXml,
    ),
  'plan_file.planner': () => ({
    zh: '这是 Planner 文件，不支持导入。请在 Planner 中导出为 Microsoft Project XML 后再导入。',
    en: 'This is a Planner file, which is not supported. Export it from Planner as Microsoft Project XML and import that.',
  }),
  'plan_file.ganttproject': () => ({
    zh: '这是 GanttProject 文件，不支持导入。请在 GanttProject 中：项目 → 导出 → Microsoft Project (XML)。',
    en: 'This is a GanttProject file, which is not supported. In GanttProject: Project → Export → Microsoft Project (XML).',
  }),
  'plan_file.fasttrack': () => ({
    zh: '这是 FastTrack Schedule 文件，不支持导入。请在 FastTrack 中导出为 Microsoft Project XML 后再导入。',
    en: 'This is a FastTrack Schedule file, which is not supported. Export it from FastTrack as Microsoft Project XML.',
  }),
  'plan_file.projectlibre': () => ({
    zh: '这是 ProjectLibre 文件（.pod），不支持导入。请在 ProjectLibre 中：文件 → 另存为 → MS Project XML。',
    en: 'This is a ProjectLibre file (.pod), which is not supported. In ProjectLibre: File → Save As → MS Project XML.',
  }),
  'plan_file.spreadsheet': () => ({
    zh: '这是旧版或加密的电子表格。请在 Excel 或 WPS 中另存为“Excel 工作簿 (*.xlsx)”后再导入。',
    en: 'This is an old or encrypted spreadsheet. Save it as an Excel workbook (*.xlsx) and import that.',
  }),
  'plan_table.empty': () => ({
    zh: '这个工作表是空的。请换一个工作表，或从“下载模板”开始填写。',
    en: 'This sheet is empty. Choose another sheet, or start from the template.',
  }),
  'plan_file.zip': () => ({
    zh: '这是压缩包。请先解压，再导入其中的 .xml 或 .xer 文件。',
    en: 'This is an archive. Unpack it and import the .xml or .xer file inside.',
  }),
  'plan_file.pdf': () => ({
    zh: 'PDF 是打印件，不含可计算的计划。请向编制人索取 Microsoft Project XML 或 Primavera XER 文件。',
    en: 'A PDF is a printout without a computable plan. Ask its author for the Microsoft Project XML or Primavera XER file.',
  }),
  'plan_file.ole': () =>
    join(
      {
        zh: '这是 Office 二进制文件，不是可识别的进度计划。',
        en: 'This is a binary Office file, not a plan we recognise.',
      },
      asXml,
    ),
  'plan_file.xml': ({ root }) =>
    join(
      {
        zh: `这个 XML 文件（根元素 ${root}）不是 Microsoft Project XML，也不是 Primavera P6 XML。`,
        en: `This XML file (root element ${root}) is neither Microsoft Project XML nor Primavera P6 XML.`,
      },
      asXml,
    ),
  'plan_file.empty': () => ({
    zh: '文件是空的。请重新导出后再试。',
    en: 'The file is empty. Export it again and retry.',
  }),
  'plan_file.unknown': () => ({
    zh: '无法识别该文件。支持 Microsoft Project（.mpp、.xml、.mpx）和 Primavera P6（.xer、.xml）。',
    en: 'The file is not recognised. Microsoft Project (.mpp, .xml, .mpx) and Primavera P6 (.xer, .xml) are supported.',
  }),
  'plan_file.target': ({ extension }) => ({
    zh: `不能写成 .${extension}。可以写成 .xml（Microsoft Project）或 .xer（Primavera P6）。`,
    en: `Cannot write .${extension}. Use .xml (Microsoft Project) or .xer (Primavera P6).`,
  }),
  'xml.malformed': ({ detail }) => ({
    zh: `文件损坏：XML 有语法错误（${detail}）。请重新导出后再试。`,
    en: `The file is damaged: its XML is malformed (${detail}). Export it again and retry.`,
  }),
  'xml.truncated': () => ({
    zh: '文件不完整：XML 在中途结束。请重新导出或重新传输后再试。',
    en: 'The file is incomplete: its XML ends halfway. Export or transfer it again and retry.',
  }),
  'xml.entity': () => ({
    zh: '文件引用了未知的 XML 实体。出于安全考虑不读取外部定义；请用原来的程序重新另存为 XML。',
    en: 'The file refers to an unknown XML entity. For safety, outside definitions are not read; save it as XML again from the program it came from.',
  }),
  'xer.no_header': () =>
    join({ zh: '文件不是 XER：缺少 ERMHDR 文件头。', en: 'The file is no XER: the ERMHDR header is missing.' }, asXer),
  'xer.truncated': () => ({
    zh: '文件不完整：缺少 XER 结尾标记（%E）。请重新导出或重新传输后再试。',
    en: 'The file is incomplete: the end mark of XER (%E) is missing. Export or transfer it again and retry.',
  }),
  'xer.row_without_table': () =>
    join(
      { zh: '文件损坏：有不属于任何表的数据行。', en: 'The file is damaged: it has rows outside any table.' },
      asXer,
    ),
  'mpx.no_header': () =>
    join({ zh: '文件不是 MPX：缺少 MPX 文件头。', en: 'The file is no MPX: the MPX header is missing.' }, asXml),
  'mpx.no_task': () =>
    join(
      { zh: '这个 MPX 文件里没有项目，也没有任务。', en: 'This MPX file holds neither a project nor tasks.' },
      asXml,
    ),
  'p6.no_project': () =>
    join({ zh: '这个 Primavera 文件里没有项目。', en: 'This Primavera file holds no project.' }, asXer),
  'p6.no_calendar': ({ project }) =>
    join({ zh: `项目“${project}”没有日历。`, en: `Project "${project}" has no calendar.` }, asXer),
  'bill.unknown': () => ({
    zh: '不是清单文件。请导入招投标清单 XML，或带“项目编码、项目名称、计量单位、工程量、综合单价”表头的 Excel / CSV。',
    en: 'This is no bill of quantities. Import tender XML, or a workbook or CSV with the columns code, name, unit, quantity and price.',
  }),
  'bill.no_items': () => ({
    zh: '文件中没有找到清单项。请检查表头是否有“项目名称”和“工程量”或“金额”，或在计价软件中重新导出。',
    en: 'No bill item was found in this file. See that it has the columns name and quantity or amount, or export it from the pricing program again.',
  }),
  'format.too_large': ({ limit }) => ({
    zh: `文件超过 ${Math.round(Number(limit) / 1048576)} MB 的上限。请拆分后再导入，或由管理员提高上限。`,
    en: `The file is larger than the limit of ${Math.round(Number(limit) / 1048576)} MB. Split it, or have an administrator raise the limit.`,
  }),
  'format.too_many': ({ what, limit }) => ({
    zh: `文件中的${counted[what ?? ''] ?? '记录'}超过 ${limit} 的上限。请拆分后再导入。`,
    en: `The file holds more than ${limit} ${what}. Split it and import the parts.`,
  }),
  'format.too_deep': ({ limit }) => ({
    zh: `文件的嵌套超过 ${limit} 层，不是正常的计划文件。`,
    en: `The file nests deeper than ${limit} levels, which no real plan does.`,
  }),
  'format.field_too_long': ({ limit }) => ({
    zh: `文件中有一个字段超过 ${limit} 个字符，不是正常的计划文件。`,
    en: `A field of the file is longer than ${limit} characters, which no real plan has.`,
  }),
  'format.inflates_too_much': ({ limit }) => ({
    zh: `压缩包解压后超过 ${Math.round(Number(limit) / 1048576)} MB 的上限，已停止读取。`,
    en: `The archive inflates to more than ${Math.round(Number(limit) / 1048576)} MB; reading was stopped.`,
  }),
  'format.cancelled': () => ({ zh: '已取消读取。', en: 'Reading was cancelled.' }),
  'e_invoice.empty': () => ({
    zh: '文件是空的。请重新下载后再导入。',
    en: 'The file is empty. Download it again and choose that.',
  }),
  'e_invoice.unknown': ({ root }) => ({
    zh: `这不是电子发票文件${root ? `（根元素 ${root}）` : ''}。请在电子税务局“发票查询”下载发票的 XML 后再导入。`,
    en: `This is no file of an electronic invoice${root ? ` (root element ${root})` : ''}. Download its XML from the tax bureau’s site and choose that.`,
  }),
  'e_invoice.value': ({ what, text }) => ({
    zh: `发票的 ${what}${text ? `“${text}”` : ''}读不出来。请重新下载 XML，仍不行则手工登记。`,
    en: `${what} of the invoice${text ? ` (“${text}”)` : ''} cannot be read. Download the XML again, or register it by hand.`,
  }),
  'e_invoice.sums': ({ gross }) => ({
    zh: `发票的金额不平：明细、合计金额、合计税额与价税合计 ${gross} 不一致，文件可能被改动。请重新下载 XML。`,
    en: `The amounts of the invoice do not add up to its total ${gross}; the file may have been altered. Download the XML again.`,
  }),
  'e_invoice.pdf': () => ({
    zh: 'PDF 里没有发票的 XML，读不出数据。请下载这张发票的 XML 或 OFD 再导入，或手工登记并附上 PDF。',
    en: 'The PDF holds no XML of the invoice. Choose its XML or OFD, or register it by hand with the PDF attached.',
  }),
  'e_invoice.ofd': () => ({
    zh: 'OFD 里没有发票的 XML，读不出数据。请下载这张发票的 XML 再导入，或手工登记。',
    en: 'The OFD holds no XML of the invoice. Choose its XML, or register it by hand.',
  }),
  'e_invoice.picture': () => ({
    zh: '图片读不出发票数据。请手工登记，并把照片作为发票原件附上；有 XML 时直接导入 XML。',
    en: 'A picture holds no data of the invoice. Register it by hand with the photo attached, or choose its XML.',
  }),
  'e_invoice.encrypted': () => ({
    zh: '压缩包有密码。请解压后导入其中的 XML。',
    en: 'The archive has a password. Unpack it and choose the XML inside.',
  }),
  'e_invoice.damaged': () => ({
    zh: '文件损坏，读不出来。请重新下载后再导入。',
    en: 'The file is damaged. Download it again and choose that.',
  }),
  'e_invoice.archive_empty': () => ({
    zh: '压缩包里没有 XML、OFD 或 PDF 发票。',
    en: 'The archive holds no invoice as XML, OFD or PDF. Choose the one that does.',
  }),
  'table.unknown': () => ({
    zh: '无法识别该表格文件。支持 Excel (.xlsx) 和 CSV。',
    en: 'The table file is not recognised. Excel (.xlsx) and CSV are supported.',
  }),
  'xlsx.not_a_workbook': () => ({
    zh: '这不是 Excel 工作簿。请在 Excel 中另存为 .xlsx，或导出 CSV。',
    en: 'This is no Excel workbook. Save it as .xlsx in Excel, or export CSV.',
  }),
  'xlsx.old_format': () => ({
    zh: '这是旧版 Excel 文件（.xls）。请在 Excel 或 WPS 中另存为 .xlsx 后再导入。',
    en: 'This is an old Excel file (.xls). Save it as .xlsx in Excel and import that.',
  }),
  'xlsx.binary': () => ({
    zh: '这是二进制工作簿（.xlsb）。请另存为 .xlsx 后再导入。',
    en: 'This is a binary workbook (.xlsb). Save it as .xlsx and import that.',
  }),
  'xlsx.encrypted': () => ({
    zh: '工作簿有密码。请去掉密码另存后再导入。',
    en: 'The workbook is protected by a password. Save it without one and import that.',
  }),
  'xlsx.damaged': ({ detail }) => ({
    zh: `工作簿损坏（${detail}）。请在 Excel 中打开并另存后再导入。`,
    en: `The workbook is damaged (${detail}). Open it in Excel, save it again and import that.`,
  }),
  'xlsx.no_such_sheet': ({ sheet }) => ({
    zh: `工作簿里没有工作表“${sheet}”。`,
    en: `The workbook has no sheet "${sheet}".`,
  }),
}

/** The message of a refused file; an unknown code comes back as itself, so that nothing is ever blank. */
export function refusalMessage(error: FormatError): Message {
  const { code, values } = error
  if (Object.hasOwn(messages, code)) return messages[code]!(values)
  return { zh: `无法读取文件（${code}）。`, en: `The file cannot be read (${code}).` }
}
