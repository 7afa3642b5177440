-- Whether input VAT is deductible was typed; now it follows from the invoices agreed and the method of the project. What was agreed
-- keeps its cost basis.
alter table contract add column invoice_type text;
update contract set invoice_type = case when deductible then 'special' else 'plain' end where direction = 'expense';
