/** See without-isolated-vm.mjs. */
export default {};
