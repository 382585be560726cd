<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
<!-- What was recovered from the hives.  Included by report.xsl. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:w="urn:wmsdiff:report:1"
                xmlns:d="http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML"
                xmlns:r="http://www.forensicswiki.org/wiki/RegXML"
                xmlns:delta="http://www.forensicswiki.org/wiki/Forensic_Disk_Differencing"
                exclude-result-prefixes="w d r delta">

 <xsl:template name="recovered">
  <xsl:if test="w:series/w:snapshot/w:recovered">
   <section id="page-recovered" aria-labelledby="page-recovered-h">
    <h2 id="page-recovered-h">Recovered from what the hives still hold</h2>
    <xsl:for-each select="w:series/w:snapshot[w:recovered]">
     <h3>Recovered from <bdi><xsl:value-of select="@id"/></bdi> (<xsl:call-template name="snapshot_label"/>)<xsl:call-template name="whose"/></h3>
     <xsl:apply-templates select="w:recovered"/>
    </xsl:for-each>
   </section>
  </xsl:if>
 </xsl:template>

 <xsl:template match="w:recovered">
  <p>
   <xsl:choose>
    <xsl:when test="@verdict = 'cannot_tell'">The cells of this hive are packed: nothing deleted can be left in it, so it cannot tell.</xsl:when>
    <xsl:otherwise>
     <xsl:value-of select="concat(@bytes, ' bytes that no live key uses were searched: ')"/>
     <xsl:call-template name="keys_values"/>
     <xsl:text>, </xsl:text>
     <xsl:call-template name="many">
      <xsl:with-param name="n" select="@lone_values"/>
      <xsl:with-param name="of" select="'value'"/>
     </xsl:call-template>
     <xsl:text> without a key.</xsl:text>
    </xsl:otherwise>
   </xsl:choose>
  </p>
  <xsl:if test="w:profile">
   <table class="beside">
    <caption>Recovered profiles of <bdi><xsl:value-of select="../@id"/></bdi></caption>
    <thead>
     <tr><th scope="col">Profile</th><th scope="col">Deleted</th><th scope="col">How whole</th><th scope="col">How sure</th></tr>
    </thead>
    <tbody>
     <xsl:for-each select="w:profile">
      <tr id="{@id}">
       <th scope="row" data-label="Profile">
        <xsl:call-template name="name"><xsl:with-param name="text" select="@name"/></xsl:call-template>
        <br/>
        <span class="dim">
         <xsl:call-template name="list_name">
          <xsl:with-param name="list" select="@list"/>
          <xsl:with-param name="path" select="@store_path"/>
         </xsl:call-template>
        </span>
       </th>
       <td data-label="Deleted">
        <xsl:choose>
         <xsl:when test="@lives_on">lives on as <bdi><xsl:value-of select="@lives_on"/></bdi></xsl:when>
         <xsl:when test="@went_on">went on in the other list as <bdi><xsl:value-of select="@went_on"/></bdi>, and was lost there</xsl:when>
         <xsl:when test="@may_be_alive = 1">it may still be there: damage hides whether it is</xsl:when>
         <xsl:when test="@deleted_at">at <xsl:call-template name="exact"><xsl:with-param name="at" select="@deleted_at"/></xsl:call-template> (moment)</xsl:when>
         <xsl:when test="@deleted_not_after">not after <xsl:call-template name="exact"><xsl:with-param name="at" select="@deleted_not_after"/></xsl:call-template> (bound)</xsl:when>
         <xsl:otherwise>nothing tells when</xsl:otherwise>
        </xsl:choose>
        <xsl:if test="@since"><span class="dim"> since: <xsl:value-of select="@since"/></span></xsl:if>
       </td>
       <td data-label="How whole">
        <xsl:call-template name="badge"><xsl:with-param name="word" select="@completeness"/></xsl:call-template>
        <xsl:text> </xsl:text>
        <xsl:call-template name="keys_values"/>
        <xsl:if test="@values_lost &gt; 0">
         <xsl:text>; </xsl:text>
         <xsl:call-template name="many">
          <xsl:with-param name="n" select="@values_lost"/>
          <xsl:with-param name="of" select="'value'"/>
         </xsl:call-template>
         <xsl:text> lost</xsl:text>
        </xsl:if>
        <xsl:if test="@data_lost &gt; 0">; data of <xsl:value-of select="@data_lost"/> lost</xsl:if>
        <xsl:if test="@heads_lost &gt; 0">; first bytes of <xsl:value-of select="@heads_lost"/> lost</xsl:if>
       </td>
       <td data-label="How sure">
        <xsl:text>path </xsl:text><xsl:value-of select="@path_certainty"/>
        <xsl:if test="@recovered_by = 'sections'">; own key lost</xsl:if>
        <xsl:if test="@name_from">; name from <xsl:value-of select="translate(@name_from, '_', ' ')"/></xsl:if>
       </td>
      </tr>
     </xsl:for-each>
    </tbody>
   </table>
   <xsl:for-each select="w:profile[w:property or r:cellobject or w:service][position() &lt;= $changes]">
    <details>
     <summary>What was recovered of <xsl:call-template name="name"><xsl:with-param name="text" select="@name"/></xsl:call-template></summary>
     <xsl:if test="w:restore"><dl class="facts"><xsl:apply-templates select="w:restore"/></dl></xsl:if>
     <xsl:call-template name="profile"/>
    </details>
   </xsl:for-each>
  </xsl:if>
  <xsl:if test="r:cellobject">
   <details>
    <summary>Keys and values that belong to no recovered profile (<xsl:value-of select="count(r:cellobject)"/>)</summary>
    <xsl:call-template name="cells"><xsl:with-param name="cell" select="r:cellobject"/></xsl:call-template>
   </details>
  </xsl:if>
  <xsl:call-template name="left_out"/>
 </xsl:template>
</xsl:stylesheet>
