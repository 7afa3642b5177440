-- Returns stood on the bond itself; now they come in as receipts. What was returned stays as sums on the bond, from which the
-- job bid.carry_bonds makes its entries of the ledger; the old lines are kept under another name.
alter table bid_bond add column stage text;
update bid_bond set stage = case when state in ('effective', 'closed', 'void') then 'paid' else 'to_pay' end;
alter table bid_bond_return rename to bid_bond_return_before;
