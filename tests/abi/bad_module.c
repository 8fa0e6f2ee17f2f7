/* Linked in two wrong ways; the check after linking must refuse both. */
#ifdef TWO_EXPORTS
__attribute__((visibility("default"))) int another_symbol(void) { return 0; }
#endif
__attribute__((visibility("default"))) const void* pf_module_entry_v0(void) { return 0; }
