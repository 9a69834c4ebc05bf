import { idField } from '../../../parameters/common';

export const allocationField = idField(
	'Allocation ID',
	'allocationId',
	"The 'allocationId' of an allocation of an expected expense",
	'933E4E76DB29634682ED94F0BAEEDDD5',
);
